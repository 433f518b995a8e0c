package io.flyteconnect.integration.connection.example;

import io.grpc.StatusRuntimeException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import io.flyteconnect.execution.InvalidInputsException;

/**
 * As in the documentation.
 */
@RestControllerAdvice
class FlyteProblems {

	private static final Log logger = LogFactory.getLog(FlyteProblems.class);

	@ExceptionHandler
	ProblemDetail flyte(StatusRuntimeException ex) {
		logger.warn("A call to Flyte failed", ex);
		HttpStatus status = switch (ex.getStatus().getCode()) {
			case INVALID_ARGUMENT, OUT_OF_RANGE -> HttpStatus.BAD_REQUEST;
			case NOT_FOUND -> HttpStatus.NOT_FOUND;
			case ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED -> HttpStatus.CONFLICT;
			case UNAVAILABLE, RESOURCE_EXHAUSTED -> HttpStatus.SERVICE_UNAVAILABLE;
			case DEADLINE_EXCEEDED -> HttpStatus.GATEWAY_TIMEOUT;
			// It is this service, not its caller, that Flyte does not let in.
			default -> HttpStatus.BAD_GATEWAY;
		};
		// The rest may name settings and files of this service: that is for its log.
		return ProblemDetail.forStatusAndDetail(status,
				status.is4xxClientError() ? ex.getStatus().getDescription() : "Flyte: " + ex.getStatus().getCode());
	}

	@ExceptionHandler
	ProblemDetail inputs(InvalidInputsException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getMessage());
	}

}
