package io.flyteconnect.internal.endpoint;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Lets an answer be read whose content type is no media type, such as {@code json}: what
 * it holds counts. The header itself stays as it is, for messages.
 */
class TolerantContentType implements ClientHttpRequestInterceptor {

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		return new Answer(execution.execute(request, body));
	}

	private record Answer(ClientHttpResponse answer) implements ClientHttpResponse {

		@Override
		public HttpHeaders getHeaders() {
			return new TolerantHeaders(this.answer.getHeaders());
		}

		@Override
		public HttpStatusCode getStatusCode() throws IOException {
			return this.answer.getStatusCode();
		}

		@Override
		public String getStatusText() throws IOException {
			return this.answer.getStatusText();
		}

		@Override
		public InputStream getBody() throws IOException {
			return this.answer.getBody();
		}

		@Override
		public void close() {
			this.answer.close();
		}

	}

	private static final class TolerantHeaders extends HttpHeaders {

		TolerantHeaders(HttpHeaders headers) {
			super(headers);
		}

		// The parser of media types ends with more than one exception.
		@Override
		public @Nullable MediaType getContentType() {
			try {
				return super.getContentType();
			}
			catch (RuntimeException ex) {
				return null;
			}
		}

	}

}
