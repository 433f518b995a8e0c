package io.flyteconnect.samples.dashboard.web;

import java.util.Map;

import io.grpc.StatusRuntimeException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

import io.flyteconnect.samples.dashboard.flyte.ConnectionService;
import io.flyteconnect.samples.dashboard.flyte.FlyteFailure;

/**
 * Shows a page that says what failed.
 */
@ControllerAdvice(assignableTypes = { HomeController.class, ExecutionController.class })
class PageFailures {

	private final ConnectionService connection;

	PageFailures(ConnectionService connection) {
		this.connection = connection;
	}

	@ExceptionHandler
	ModelAndView flyte(StatusRuntimeException ex) {
		return page(FlyteFailure.of(ex));
	}

	@ExceptionHandler
	ModelAndView phase(UnknownPhaseException ex) {
		return page(new FlyteFailure(HttpStatus.BAD_REQUEST, "There is no such phase", String.valueOf(ex.getMessage()),
				"INVALID_ARGUMENT"));
	}

	private ModelAndView page(FlyteFailure failure) {
		return new ModelAndView("failure", Map.of("failure", failure, "connection", this.connection.configured()),
				failure.status());
	}

}
