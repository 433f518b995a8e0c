package io.flyteconnect.execution;

import java.io.IOException;
import java.net.URI;

import flyteidl.admin.Common.UrlBlob;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetDataRequest;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetDataResponse;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Literals.LiteralMap;
import io.grpc.Status;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.text.SafeText;

/**
 * Reads the inputs and outputs of executions. What is larger than Flyte Admin sends
 * itself ({@code remoteData.maxSizeInBytes}) is fetched from the signed URL that it names
 * instead ({@code flyteadmin/pkg/manager/impl/util/data.go}).
 *
 * @author Flyte Connect
 */
final class ExecutionData {

	private final FlyteConnection connection;

	ExecutionData(FlyteConnection connection) {
		this.connection = connection;
	}

	@SuppressWarnings("deprecation")
	LiteralMap inputs(WorkflowExecutionIdentifier id) {
		WorkflowExecutionGetDataResponse data = get(id);
		return complete(id, "inputs", data.getFullInputs(), data.getInputs());
	}

	@SuppressWarnings("deprecation")
	LiteralMap outputs(WorkflowExecutionIdentifier id) {
		WorkflowExecutionGetDataResponse data = get(id);
		return complete(id, "outputs", data.getFullOutputs(), data.getOutputs());
	}

	private WorkflowExecutionGetDataResponse get(WorkflowExecutionIdentifier id) {
		return this.connection.admin()
			.blocking()
			.getExecutionData(WorkflowExecutionGetDataRequest.newBuilder().setId(id).build());
	}

	@SuppressWarnings("deprecation")
	private LiteralMap complete(WorkflowExecutionIdentifier id, String what, LiteralMap full, UrlBlob stored) {
		if (full.getLiteralsCount() > 0 || stored.getBytes() == 0) {
			return full;
		}
		String where = "The " + what + " of execution " + FlyteExecutions.text(id) + " (" + stored.getBytes()
				+ " bytes) are more than Flyte Admin sends";
		if (stored.getUrl().isEmpty()) {
			throw Status.FAILED_PRECONDITION
				.withDescription(where + ", and it signs no URL to fetch them from (remoteData.signedUrls)")
				.asRuntimeException();
		}
		try {
			return fetch(URI.create(stored.getUrl()));
		}
		// A signed URL is a secret, which the exception of a URI would show.
		catch (IllegalArgumentException ex) {
			throw Status.INTERNAL.withDescription(where + ", and the URL that it signs is none").asRuntimeException();
		}
		catch (IOException ex) {
			throw Status.UNAVAILABLE
				.withDescription(where + ", and could not be fetched: " + SafeText.of(ex.getMessage()))
				.withCause(ex)
				.asRuntimeException();
		}
	}

	private LiteralMap fetch(URI url) throws IOException {
		try (ClientHttpResponse response = this.connection.http().createRequest(url, HttpMethod.GET).execute()) {
			if (response.getStatusCode().value() != HttpStatus.OK.value()) {
				throw new IOException("the object store at " + url.getHost() + " answers with HTTP "
						+ response.getStatusCode().value());
			}
			return LiteralMap.parseFrom(response.getBody());
		}
	}

}
