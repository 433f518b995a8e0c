package io.flyteconnect.samples.dashboard.web;

/**
 * Thrown when a query names a phase that there is not.
 */
class UnknownPhaseException extends RuntimeException {

	UnknownPhaseException(String message) {
		super(message);
	}

}
