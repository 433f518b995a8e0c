package io.flyteconnect.test;

/**
 * Where a test server listens.
 */
interface Endpoint {

	int port();

	/**
	 * Return how many connections were accepted since the start.
	 */
	int acceptedConnections();

	/**
	 * Return how many connections are open.
	 */
	int openConnections();

	void stop();

}
