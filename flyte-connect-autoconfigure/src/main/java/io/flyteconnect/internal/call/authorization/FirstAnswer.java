package io.flyteconnect.internal.call.authorization;

import java.util.concurrent.atomic.AtomicBoolean;

import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.flyteconnect.internal.text.SafeText;

/**
 * Says once that Flyte has answered, so that a log shows from when on the connection was
 * good. Later calls say nothing.
 */
public final class FirstAnswer {

	private static final Log logger = LogFactory.getLog(FirstAnswer.class);

	private final String connection;

	private final String mode;

	private final AtomicBoolean said = new AtomicBoolean();

	private volatile String version = "";

	/**
	 * Create the guard of a connection.
	 * @param connection which connection it is and where it goes
	 * @param mode how it logs in
	 */
	public FirstAnswer(String connection, String mode) {
		this.connection = connection;
		this.mode = mode;
	}

	/**
	 * Look at an answer, which may be that to the question for the version.
	 */
	void received(Object message) {
		if (message instanceof GetVersionResponse response) {
			this.version = SafeText.of(response.getControlPlaneVersion().getVersion());
		}
	}

	/**
	 * A call has succeeded.
	 */
	void succeeded() {
		if (!this.said.get() && this.said.compareAndSet(false, true)) {
			String known = this.version.isEmpty() ? "" : ", version " + this.version;
			logger.info(this.connection + " is up: Flyte Admin answers (mode " + this.mode + known + ")");
		}
	}

}
