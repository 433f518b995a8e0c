package io.flyteconnect.samples.dashboard.flyte;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.springframework.http.HttpStatus;

/**
 * A failed call to Flyte, as a page or a JSON client should see it.
 *
 * @param status the HTTP status that fits
 * @param title what happened, in a few words
 * @param detail what Flyte, or the connection to it, says about it
 * @param code the gRPC status code, for example {@code UNAVAILABLE}
 * @since 0.1.0
 */
public record FlyteFailure(HttpStatus status, String title, String detail, String code) {

	/**
	 * Translate a failed call.
	 * @param ex what the stub threw
	 * @return the failure
	 */
	public static FlyteFailure of(StatusRuntimeException ex) {
		Status.Code code = ex.getStatus().getCode();
		String description = ex.getStatus().getDescription();
		return new FlyteFailure(status(code), title(code),
				(description != null) ? description : "Flyte gives no reason", code.name());
	}

	/**
	 * Describe inputs that do not fit.
	 * @param ex what is wrong with them
	 * @return the failure
	 */
	public static FlyteFailure ofInputs(RuntimeException ex) {
		return new FlyteFailure(HttpStatus.BAD_REQUEST, "An input does not fit", String.valueOf(ex.getMessage()),
				Status.Code.INVALID_ARGUMENT.name());
	}

	private static HttpStatus status(Status.Code code) {
		return switch (code) {
			case INVALID_ARGUMENT, OUT_OF_RANGE -> HttpStatus.BAD_REQUEST;
			case NOT_FOUND -> HttpStatus.NOT_FOUND;
			case ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED -> HttpStatus.CONFLICT;
			case UNIMPLEMENTED -> HttpStatus.NOT_IMPLEMENTED;
			case UNAVAILABLE, RESOURCE_EXHAUSTED, CANCELLED -> HttpStatus.SERVICE_UNAVAILABLE;
			case DEADLINE_EXCEEDED -> HttpStatus.GATEWAY_TIMEOUT;
			// It is the dashboard, not its user, that Flyte does not let in.
			default -> HttpStatus.BAD_GATEWAY;
		};
	}

	private static String title(Status.Code code) {
		return switch (code) {
			case INVALID_ARGUMENT, OUT_OF_RANGE -> "Flyte cannot take the request";
			case NOT_FOUND -> "Flyte does not know it";
			case ALREADY_EXISTS -> "It exists already";
			case FAILED_PRECONDITION, ABORTED -> "Not possible in this state";
			case UNIMPLEMENTED -> "This Flyte cannot do that";
			case UNAVAILABLE, CANCELLED -> "Flyte cannot be reached";
			case RESOURCE_EXHAUSTED -> "Flyte has too much to do";
			case DEADLINE_EXCEEDED -> "Flyte takes too long to answer";
			case UNAUTHENTICATED -> "Flyte does not accept the login";
			case PERMISSION_DENIED -> "Flyte does not permit it";
			default -> "Flyte failed";
		};
	}

}
