package io.flyteconnect.internal.connectrpc.http;

import io.netty.handler.codec.http.FullHttpRequest;

/**
 * A connection that takes requests. Belongs to the event loop.
 */
interface HttpConnection {

	/**
	 * Return whether the connection takes another request now.
	 * @return whether {@link #send} may be called
	 */
	boolean hasRoom();

	/**
	 * Return whether no request is under way.
	 * @return whether the connection can be closed without loss
	 */
	boolean isIdle();

	/**
	 * Send a request.
	 * @param call the call
	 * @param request its request
	 */
	void send(HttpCall call, FullHttpRequest request);

	/**
	 * Take no more requests, and close once the last one is done.
	 */
	void retire();

	/**
	 * Close at once.
	 */
	void close();

}
