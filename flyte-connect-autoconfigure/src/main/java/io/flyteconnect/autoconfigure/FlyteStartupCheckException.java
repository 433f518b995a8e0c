package io.flyteconnect.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.grpc.Status;

import io.flyteconnect.ExplainedFailure;
import io.flyteconnect.autoconfigure.FlyteStartupCheck.Finding;
import io.flyteconnect.internal.text.SafeText;

/**
 * Thrown when {@code flyte.startup-check=fail} is set and a Flyte does not answer while
 * the application starts. Names all that do not.
 *
 * @since 0.1.0
 */
public final class FlyteStartupCheckException extends RuntimeException implements ExplainedFailure {

	private final List<Failure> failures;

	private final List<String> remedies;

	FlyteStartupCheckException(List<Finding> findings) {
		super(findings.stream().map(Finding::message).collect(Collectors.joining("; ")), findings.get(0).failure());
		findings.stream().skip(1).forEach((finding) -> addSuppressed(finding.failure()));
		this.failures = findings.stream()
			.map((finding) -> new Failure(finding.connection(), finding.endpoint(), finding.failure().getStatus()))
			.toList();
		this.remedies = findings.stream()
			.map((finding) -> finding.names().in(remedy(finding.failure().getStatus())))
			.distinct()
			.toList();
	}

	private static String remedy(Status status) {
		return switch (status.getCode()) {
			case UNAUTHENTICATED, PERMISSION_DENIED ->
				"Correct flyte.credentials.*, so that the server accepts the login";
			case UNIMPLEMENTED -> "Correct flyte.platform.url: what answers there is not Flyte Admin";
			default -> "Start Flyte, or correct flyte.platform.*";
		};
	}

	/**
	 * Return what failed.
	 * @return the connections whose Flyte does not answer, at least one
	 */
	public List<Failure> getFailures() {
		return this.failures;
	}

	/**
	 * Return the name of the first connection that failed.
	 * @return the name, {@code default} for the one that is injected
	 */
	public String getConnection() {
		return this.failures.get(0).connection();
	}

	/**
	 * Return the endpoint of the first call that failed.
	 * @return the endpoint as it is configured
	 */
	public String getEndpoint() {
		return this.failures.get(0).endpoint();
	}

	/**
	 * Return the status of the first call that failed.
	 * @return the status, whose description never holds a secret
	 */
	public Status getStatus() {
		return this.failures.get(0).status();
	}

	@Override
	public String getSummary() {
		return "Flyte does not answer, and flyte.startup-check=fail makes its answer a condition of the start";
	}

	@Override
	public List<Detail> getDetails() {
		return this.failures.stream().flatMap(Failure::details).toList();
	}

	@Override
	public String getAction() {
		return String.join(". ", this.remedies) + ((this.remedies.size() > 1) ? ". Or" : ", or")
				+ " set flyte.startup-check to warn or none, so that the application starts without Flyte.";
	}

	/**
	 * A Flyte that does not answer.
	 *
	 * @param connection the name of the connection, {@code default} for the one that is
	 * injected
	 * @param endpoint the endpoint as it is configured
	 * @param status the status of the call, whose description never holds a secret
	 */
	public record Failure(String connection, String endpoint, Status status) {

		private Stream<Detail> details() {
			return Stream.of(new Detail("Connection", this.connection), new Detail("Endpoint", this.endpoint),
					new Detail("Status", this.status.getCode().toString()),
					new Detail(Detail.REASON, SafeText.message(this.status.getDescription())));
		}

	}

}
