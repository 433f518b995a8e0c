package io.flyteconnect.config;

/**
 * Whether a person may be asked to log in.
 *
 * @since 0.1.0
 */
public enum Interactive {

	/**
	 * If one can be reached: the process has a terminal, or a desktop to open a browser
	 * on, and runs in no container of Kubernetes.
	 */
	AUTO,

	/**
	 * Always: the application itself shows the link or code, or the person reads its log.
	 */
	ALWAYS,

	/**
	 * Never.
	 */
	NEVER

}
