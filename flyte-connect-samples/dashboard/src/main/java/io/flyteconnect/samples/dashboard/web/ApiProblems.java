package io.flyteconnect.samples.dashboard.web;

import java.util.Objects;
import java.util.stream.Collectors;

import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;

import io.flyteconnect.execution.InvalidInputsException;
import io.flyteconnect.samples.dashboard.flyte.FlyteFailure;

/**
 * Answers failures of the JSON API as problem details (RFC 9457).
 */
@RestControllerAdvice(assignableTypes = { ProjectsApi.class, ExecutionsApi.class })
class ApiProblems extends ResponseEntityExceptionHandler {

	@ExceptionHandler
	ProblemDetail flyte(StatusRuntimeException ex) {
		FlyteFailure failure = FlyteFailure.of(ex);
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(failure.status(), failure.detail());
		problem.setTitle(failure.title());
		problem.setProperty("grpcStatus", failure.code());
		return problem;
	}

	@ExceptionHandler
	ProblemDetail inputs(InvalidInputsException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getMessage());
		problem.setTitle("An input does not fit");
		problem.setProperty("inputs", ex.getProblems());
		return problem;
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		String detail = detail(ex.getCause());
		return (detail != null) ? handleExceptionInternal(ex, ProblemDetail.forStatusAndDetail(status, detail), headers,
				status, request) : super.handleHttpMessageNotReadable(ex, headers, status, request);
	}

	private static @Nullable String detail(@Nullable Throwable cause) {
		if (cause instanceof StreamReadException json) {
			// Where an object began, Jackson tells by a source that it does not show.
			String reason = json.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
			return "The body is no JSON, line " + json.getLocation().getLineNr() + ": " + reason;
		}
		if (cause instanceof MismatchedInputException mismatch) {
			String path = mismatch.getPath()
				.stream()
				.map(Reference::getPropertyName)
				.filter(Objects::nonNull)
				.collect(Collectors.joining("."));
			return path.isEmpty() ? "The body has to be a JSON object" : "'" + path + "' has a value of another type";
		}
		return null;
	}

	@ExceptionHandler
	ProblemDetail phase(UnknownPhaseException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getMessage());
	}

}
