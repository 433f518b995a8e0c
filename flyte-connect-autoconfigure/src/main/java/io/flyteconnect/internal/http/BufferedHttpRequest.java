package io.flyteconnect.internal.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.FastByteArrayOutputStream;

/**
 * A request that is kept in memory until it is executed.
 */
final class BufferedHttpRequest extends AbstractClientHttpRequest {

	private final URI uri;

	private final HttpMethod method;

	private final Execution execution;

	private final FastByteArrayOutputStream body = new FastByteArrayOutputStream();

	BufferedHttpRequest(URI uri, HttpMethod method, Execution execution) {
		this.uri = uri;
		this.method = method;
		this.execution = execution;
	}

	@Override
	public HttpMethod getMethod() {
		return this.method;
	}

	@Override
	public URI getURI() {
		return this.uri;
	}

	@Override
	protected OutputStream getBodyInternal(HttpHeaders headers) {
		return this.body;
	}

	@Override
	protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
		return this.execution.execute(this, headers, this.body.toByteArray());
	}

	/**
	 * Executes a request.
	 */
	interface Execution {

		ClientHttpResponse execute(BufferedHttpRequest request, HttpHeaders headers, byte[] body) throws IOException;

	}

}
