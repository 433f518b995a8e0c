package io.flyteconnect.test.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.flyteconnect.test.FlyteTestServerBuilder;

/**
 * Ways to log in, or not to.
 */
enum Login {

	NONE,

	CLIENT_SECRET,

	CLIENT_SECRET_LOCATION,

	CLIENT_SECRET_ENV_VAR;

	static final String CLIENT_ID = "matrix-client";

	/** Holds what a form has to escape. */
	static final String SECRET = "s3cret +&=:%/of the matrix";

	boolean isLogin() {
		return this != NONE;
	}

	void prepare(FlyteTestServerBuilder server) {
		if (isLogin()) {
			server.clientCredentials(CLIENT_ID, SECRET);
		}
	}

	void configure(Applications application, Path folder) {
		if (this == NONE) {
			application.property("flyte.credentials.auth-mode", "none");
			return;
		}
		application.property("flyte.credentials.client-id", CLIENT_ID);
		switch (this) {
			case CLIENT_SECRET -> application.property("flyte.credentials.auth-mode", "client-credentials")
				.property("flyte.credentials.client-secret", SECRET);
			case CLIENT_SECRET_LOCATION ->
				application.property("flyte.credentials.client-secret-location", secretFile(folder));
			default -> application.property("flyte.credentials.client-secret-env-var", "MATRIX_SECRET")
				.variable("MATRIX_SECRET", SECRET);
		}
	}

	static Path secretFile(Path folder) {
		try {
			return Files.writeString(folder.resolve("client-secret"), SECRET + "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
