package io.flyteconnect.secret;

import java.util.List;

import io.flyteconnect.ExplainedFailure;

/**
 * Thrown when a secret cannot be found or read. Never contains a secret.
 *
 * @since 0.1.0
 */
public abstract class SecretException extends RuntimeException implements ExplainedFailure {

	SecretException(String message) {
		super(message);
	}

	@Override
	public String getSummary() {
		return "A secret cannot be had";
	}

	@Override
	public List<Detail> getDetails() {
		return List.of(new Detail(Detail.REASON, getMessage()));
	}

}
