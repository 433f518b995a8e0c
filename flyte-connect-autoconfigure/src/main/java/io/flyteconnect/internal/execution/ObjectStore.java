package io.flyteconnect.internal.execution;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import flyteidl.service.Dataproxy.CreateDownloadLocationRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.internal.text.SafeText;

/**
 * Fetches data from Flyte's object store. A signed URL is a secret, so errors only show
 * its scheme and host.
 */
final class ObjectStore {

	private final FlyteConnection connection;

	ObjectStore(FlyteConnection connection) {
		this.connection = connection;
	}

	/**
	 * Fetch a message from a signed URL.
	 * @param <T> its type
	 * @param what the beginning of the sentence that an error is
	 * @param url the URL
	 * @param parser reads it
	 * @return the message
	 */
	<T extends Message> T fetch(String what, String url, Parser<T> parser) {
		URI address = address(what, url);
		try (ClientHttpResponse response = this.connection.http().createRequest(address, HttpMethod.GET).execute()) {
			if (response.getStatusCode().value() != HttpStatus.OK.value()) {
				throw new IOException("the object store at " + address.getHost() + " answers with HTTP "
						+ response.getStatusCode().value());
			}
			return parser.parseFrom(response.getBody());
		}
		catch (InvalidProtocolBufferException ex) {
			throw failure(Status.INTERNAL, what + ", and what the object store at " + address.getHost()
					+ " answers with is not in protobuf's form");
		}
		catch (IOException ex) {
			throw failure(Status.UNAVAILABLE.withCause(ex),
					what + ", and could not be fetched: " + SafeText.of(ex.getMessage()));
		}
	}

	private static URI address(String what, String url) {
		try {
			URI address = new URI(url);
			boolean http = "http".equalsIgnoreCase(address.getScheme())
					|| "https".equalsIgnoreCase(address.getScheme());
			if (http && address.getHost() != null) {
				return address;
			}
			if (!http && address.getScheme() != null) {
				throw failure(Status.FAILED_PRECONDITION,
						what + ", and the URL that it signs is no http or https one, but begins with '"
								+ SafeText.of(address.getScheme()) + ":' (remoteData.scheme)");
			}
		}
		// The exception would contain the URL.
		catch (URISyntaxException | NumberFormatException ex) {
			throw failure(Status.INTERNAL, what + ", and the URL that it signs is none");
		}
		throw failure(Status.INTERNAL, what + ", and the URL that it signs is none");
	}

	/**
	 * Request a signed URL for an object from Flyte.
	 * @param what the beginning of the sentence that an error is
	 * @param location where it is, {@code s3://bucket/key} for example
	 * @return the URL
	 */
	@SuppressWarnings("deprecation")
	String sign(String what, String location) {
		try {
			return this.connection.admin()
				.dataProxy()
				.blocking()
				.createDownloadLocation(CreateDownloadLocationRequest.newBuilder().setNativeUrl(location).build())
				.getSignedUrl();
		}
		catch (StatusRuntimeException ex) {
			Status status = ex.getStatus();
			throw failure(Status.fromCode(status.getCode()).withCause(ex),
					what + ", and Flyte signs no URL to fetch it from: " + status.getCode() + " "
							+ SafeText.of(String.valueOf(status.getDescription())));
		}
	}

	static StatusRuntimeException failure(Status status, String description) {
		return status.withDescription(description).asRuntimeException();
	}

}
