package io.flyteconnect.integration.connection.matrix;

import java.util.List;
import java.util.function.Consumer;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.login.LoginStep;

/**
 * A setting that is wrong in a way that only a call can tell, and what a person has to
 * read then.
 *
 * @param name what is wrong
 * @param settings the settings of the application
 * @param endpoint where Flyte should be
 * @param code the code of the failed call
 * @param step the step of the login that fails, or {@code null} if the login does not
 * @param texts what the description says
 */
record WrongSetting(String name, Consumer<Applications> settings, String endpoint, Status.Code code,
		@Nullable LoginStep step, List<String> texts) {

	static Builder of(String name, String endpoint) {
		return new Builder(name, endpoint);
	}

	Applications application() {
		Applications application = Applications.create()
			.property("flyte.platform.url", this.endpoint)
			// What is asked for again is not the matter here.
			.property("flyte.channel.max-retries", 1)
			.property("flyte.channel.max-backoff-delay", "50ms")
			.property("logging.level.io.flyteconnect", "trace");
		this.settings.accept(application);
		return application;
	}

	@Override
	public String toString() {
		return this.name;
	}

	static final class Builder {

		private final String name;

		private final String endpoint;

		private Consumer<Applications> settings = (application) -> {
		};

		private Builder(String name, String endpoint) {
			this.name = name;
			this.endpoint = endpoint;
		}

		Builder copy(String suffix) {
			Builder copy = new Builder(this.name + suffix, this.endpoint);
			copy.settings = this.settings;
			return copy;
		}

		Builder with(String property, Object value) {
			this.settings = this.settings.andThen((application) -> application.property(property, value));
			return this;
		}

		Builder without() {
			return with("flyte.credentials.auth-mode", "none");
		}

		Builder login() {
			return with("flyte.credentials.auth-mode", "client-credentials")
				.with("flyte.credentials.client-id", Login.CLIENT_ID)
				.with("flyte.credentials.client-secret", Login.SECRET);
		}

		WrongSetting fails(Status.Code code, String... texts) {
			return new WrongSetting(this.name, this.settings, this.endpoint, code, null, List.of(texts));
		}

		WrongSetting fails(Status.Code code, LoginStep step, String... texts) {
			return new WrongSetting(this.name, this.settings, this.endpoint, code, step, List.of(texts));
		}

	}

}
