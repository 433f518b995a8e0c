package io.flyteconnect.internal.tls.ca;

/**
 * Where the trusted certificates of a connection come from.
 */
public interface TrustSource {

	/**
	 * Say what to do about a server whose issuer is not among the trusted ones, and where
	 * those come from. Called when a handshake has failed, on a thread that must not
	 * wait.
	 * @return the rest of a sentence
	 */
	String remedy();

	/**
	 * The certificates that the JVM trusts.
	 * @return the source
	 */
	static TrustSource jvm() {
		return () -> "set flyte.platform.ca-cert-file-path or flyte.platform.ssl-bundle to trust its issuer";
	}

	/**
	 * The certificates of an SSL bundle.
	 * @param name the name of the bundle
	 * @return the source
	 */
	static TrustSource bundle(String name) {
		return () -> "its issuer is not in the SSL bundle '" + name
				+ "' of flyte.platform.ssl-bundle: add it there; with"
				+ " reload-on-update=true of the bundle a changed file is taken without a restart";
	}

}
