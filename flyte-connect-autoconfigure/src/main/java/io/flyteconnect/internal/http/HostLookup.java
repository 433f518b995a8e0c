package io.flyteconnect.internal.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Finds the addresses of a host, which may take as long as it likes.
 */
interface HostLookup {

	/**
	 * Find the addresses of a host.
	 * @param host a name or an address
	 * @return at least one address, in the order to try them
	 * @throws UnknownHostException if there is none
	 */
	InetAddress[] find(String host) throws UnknownHostException;

}
