package io.flyteconnect.internal.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A complete response in memory.
 */
final class BufferedHttpResponse implements ClientHttpResponse {

	private final HttpStatusCode status;

	private final String statusText;

	private final HttpHeaders headers;

	private final byte[] body;

	private BufferedHttpResponse(HttpStatusCode status, String statusText, HttpHeaders headers, byte[] body) {
		this.status = status;
		this.statusText = statusText;
		this.headers = headers;
		this.body = body;
	}

	static BufferedHttpResponse copyOf(FullHttpResponse response) {
		HttpHeaders headers = new HttpHeaders();
		response.headers().forEach((header) -> headers.add(header.getKey(), header.getValue()));
		return new BufferedHttpResponse(HttpStatusCode.valueOf(response.status().code()),
				response.status().reasonPhrase(), headers, ByteBufUtil.getBytes(response.content()));
	}

	/**
	 * Decompress a gzip response. {@code HttpContentDecompressor} is not used, since it
	 * accepts a truncated body as complete.
	 * @param maxSize the largest body in bytes
	 * @param failures creates the exceptions
	 * @return the response with the decompressed body, or this one if it has no encoding
	 * @throws HttpExchangeException if the body is too large or cannot be decompressed
	 */
	BufferedHttpResponse unpack(int maxSize, HttpFailures failures) throws HttpExchangeException {
		String encoding = this.headers.getFirst(HttpHeaders.CONTENT_ENCODING);
		if (encoding == null || encoding.equalsIgnoreCase("identity") || this.body.length == 0) {
			return this;
		}
		if (!encoding.equalsIgnoreCase("gzip") && !encoding.equalsIgnoreCase("x-gzip")) {
			throw failures.unreadableEncoding();
		}
		byte[] plain;
		try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(this.body))) {
			plain = in.readNBytes(maxSize + 1);
		}
		catch (IOException ex) {
			throw failures.unreadableEncoding();
		}
		if (plain.length > maxSize) {
			throw failures.tooLarge();
		}
		HttpHeaders plainHeaders = new HttpHeaders();
		plainHeaders.putAll(this.headers);
		plainHeaders.remove(HttpHeaders.CONTENT_ENCODING);
		plainHeaders.setContentLength(plain.length);
		return new BufferedHttpResponse(this.status, this.statusText, plainHeaders, plain);
	}

	@Override
	public HttpStatusCode getStatusCode() {
		return this.status;
	}

	@Override
	public String getStatusText() {
		return this.statusText;
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public InputStream getBody() {
		return new ByteArrayInputStream(this.body);
	}

	@Override
	public void close() {
	}

}
