package io.flyteconnect.samples.dashboard.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Answers what reaches no method of the JSON API as problem details, too (RFC 9457). For
 * any other address it stays with Spring Boot's error page.
 */
@RestControllerAdvice
class ApiAddressProblems {

	@ExceptionHandler
	ResponseEntity<ProblemDetail> resource(NoResourceFoundException ex, HttpServletRequest request)
			throws NoResourceFoundException {
		if (isOfApi(request)) {
			return problem(ex);
		}
		throw ex;
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> method(HttpRequestMethodNotSupportedException ex, HttpServletRequest request)
			throws HttpRequestMethodNotSupportedException {
		if (isOfApi(request)) {
			return problem(ex);
		}
		throw ex;
	}

	private static boolean isOfApi(HttpServletRequest request) {
		return request.getRequestURI().startsWith(request.getContextPath() + "/api/");
	}

	private static ResponseEntity<ProblemDetail> problem(ErrorResponse error) {
		return ResponseEntity.status(error.getStatusCode())
			.headers(new HttpHeaders(error.getHeaders()))
			.body(error.getBody());
	}

}
