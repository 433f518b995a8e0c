package io.flyteconnect.integration.connection.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.integration.connection.Person;
import io.flyteconnect.login.FlyteTokenSupplier;
import io.flyteconnect.test.FlyteTestServerBuilder;

/**
 * Ways to log in, or not to, and what each of them costs: at first, and after a token has
 * been refused.
 */
enum Login {

	NONE(null, Traffic.NO_LOGIN, Traffic.NO_LOGIN),

	CLIENT_SECRET(Login.PUBLISHED_HEADER, Traffic.service(RequestLine.CLIENT_CREDENTIALS),
			Traffic.renewal(RequestLine.CLIENT_CREDENTIALS)),

	CLIENT_SECRET_LOCATION(Login.PUBLISHED_HEADER, Traffic.service(RequestLine.CLIENT_CREDENTIALS_WITH_AUDIENCE),
			Traffic.renewal(RequestLine.CLIENT_CREDENTIALS_WITH_AUDIENCE)),

	CLIENT_SECRET_ENV_VAR(Login.PUBLISHED_HEADER, Traffic.service(RequestLine.CLIENT_CREDENTIALS_WITH_SETTINGS),
			Traffic.renewal(RequestLine.CLIENT_CREDENTIALS_WITH_SETTINGS)),

	PKCE(Login.PUBLISHED_HEADER,
			Traffic.person(List.of(RequestLine.AUTHORIZATION, RequestLine.AUTHORIZATION_AFTER_FORM), RequestLine.CODE),
			Traffic.renewal(RequestLine.REFRESH)),

	DEVICE_FLOW(Login.PUBLISHED_HEADER, Traffic.person(List.of(), RequestLine.DEVICE, RequestLine.DEVICE_CODE),
			Traffic.renewal(RequestLine.REFRESH)),

	EXTERNAL_COMMAND(Login.PUBLISHED_HEADER, Traffic.elsewhere(), Traffic.renewalElsewhere()),

	TOKEN_SUPPLIER(Login.PUBLISHED_HEADER, Traffic.elsewhere(), Traffic.renewalElsewhere()),

	/** The caller knows by itself when its token is over. */
	TOKEN_RELAY("authorization", Traffic.RELAY, Traffic.RELAY);

	static final String CLIENT_ID = "matrix-client";

	/** Holds what a form has to escape. */
	static final String SECRET = "s3cret +&=:%/of the matrix";

	private static final String PUBLISHED_HEADER = "flyte-authorization";

	private static final String MODE = "flyte.credentials.auth-mode";

	private final @Nullable String header;

	private final Traffic login;

	private final Traffic renewal;

	Login(@Nullable String header, Traffic login, Traffic renewal) {
		this.header = header;
		this.login = login;
		this.renewal = renewal;
	}

	boolean isLogin() {
		return this != NONE;
	}

	/**
	 * Return the metadata key that carries the token, {@code null} if there is none.
	 */
	@Nullable String header() {
		return this.header;
	}

	/**
	 * Return the cost of two calls with an application that has just started.
	 */
	Traffic login() {
		return this.login;
	}

	/**
	 * Return the cost of one call after all tokens have been revoked.
	 */
	Traffic renewal() {
		return this.renewal;
	}

	void prepare(FlyteTestServerBuilder server) {
		if (isLogin()) {
			server.clientCredentials(CLIENT_ID, SECRET).audience("the-matrix").redirectUri("http://127.0.0.1:53593/");
		}
	}

	/**
	 * Configure an application.
	 * @param application the application
	 * @param folder where files can be
	 * @param tokens has a token from elsewhere
	 * @param person who logs in
	 */
	void configure(Applications application, Path folder, TokenSource tokens, Person person) {
		switch (this) {
			case NONE -> application.property(MODE, "none");
			case CLIENT_SECRET -> client(application).property(MODE, "client-credentials")
				.property("flyte.credentials.client-secret", SECRET);
			case CLIENT_SECRET_LOCATION ->
				client(application).property("flyte.credentials.client-secret-location", secretFile(folder))
					.property("flyte.credentials.use-audience-from-admin", true);
			case CLIENT_SECRET_ENV_VAR ->
				client(application).property("flyte.credentials.client-secret-env-var", "MATRIX_SECRET")
					.variable("MATRIX_SECRET", SECRET)
					.property("flyte.credentials.audience", "of-its-own")
					.property("flyte.credentials.scopes", "all");
			case PKCE -> person(application, person).property(MODE, "pkce")
				.property("flyte.credentials.pkce.open-browser", false)
				.property("flyte.credentials.pkce.any-port", true);
			case DEVICE_FLOW -> person(application, person).property(MODE, "device-flow")
				.property("flyte.credentials.device-flow.poll-interval", "100ms");
			case EXTERNAL_COMMAND ->
				application.property(MODE, "external-command").property("flyte.credentials.command", tokens.command());
			case TOKEN_SUPPLIER ->
				application.property(MODE, "external-command").bean(FlyteTokenSupplier.class, tokens);
			case TOKEN_RELAY -> client(application).property("flyte.credentials.relay", true)
				.property(MODE, "client-credentials")
				.property("flyte.credentials.client-secret", SECRET);
		}
	}

	private static Applications client(Applications application) {
		return application.property("flyte.credentials.client-id", CLIENT_ID);
	}

	private static Applications person(Applications application, Person person) {
		return application.property("flyte.credentials.interactive", "always").listener(person);
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
