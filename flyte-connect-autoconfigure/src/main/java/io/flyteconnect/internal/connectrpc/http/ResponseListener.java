package io.flyteconnect.internal.connectrpc.http;

import io.grpc.Attributes;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * One request and its response. All methods are called on the event loop of the
 * connections, one after the other, and must not block.
 */
public interface ResponseListener {

	/**
	 * Create the request, which is about to be sent. Called once more where a connection
	 * ended before the server saw the request.
	 * @param transport what is known of the connection
	 * @return the request
	 */
	FullHttpRequest request(Attributes transport);

	/**
	 * Take the head of the response.
	 * @param status the status
	 * @param headers the headers
	 */
	void headers(int status, HttpHeaders headers);

	/**
	 * Take a part of the body.
	 * @param content the bytes, which are released afterwards
	 */
	void data(ByteBuf content);

	/**
	 * Return whether more of the body should be read.
	 * @return {@code false} to leave it with the server until {@link HttpCall#readMore()}
	 */
	boolean wantsMore();

	/**
	 * The response is complete.
	 */
	void end();

	/**
	 * There is no complete response.
	 * @param failure why
	 */
	void failed(HttpCallException failure);

}
