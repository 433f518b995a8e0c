package io.flyteconnect.samples.cli.command;

import java.util.concurrent.atomic.AtomicBoolean;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.login.FlyteBrowserLoginEvent;
import io.flyteconnect.login.FlyteDeviceLoginEvent;

/**
 * A login that a person is asked for while a command runs. A person takes longer than a
 * call may take ({@code flyte.channel.deadline}), so the command waits for them and then
 * asks again: its call has not been sent yet.
 */
final class PersonLogin {

	private final ConfigurableApplicationContext context;

	private final AtomicBoolean asked = new AtomicBoolean();

	private PersonLogin(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static PersonLogin of(ConfigurableApplicationContext context) {
		PersonLogin login = new PersonLogin(context);
		context.addApplicationListener((event) -> {
			Object payload = (event instanceof PayloadApplicationEvent<?> carrier) ? carrier.getPayload() : event;
			if (payload instanceof FlyteBrowserLoginEvent || payload instanceof FlyteDeviceLoginEvent) {
				login.asked.set(true);
			}
		});
		return login;
	}

	/**
	 * Return whether a call ended because the person was not there yet.
	 * @param failure what the call ended by
	 * @return whether the command is to wait
	 */
	boolean isAwaitedAfter(StatusRuntimeException failure) {
		return failure.getStatus().getCode() == Code.DEADLINE_EXCEEDED && this.asked.getAndSet(false);
	}

	/**
	 * Wait until the person has logged in, as long as their mode gives them.
	 * @throws RuntimeException if they do not
	 */
	void await() {
		FlyteConnection connection = this.context.getBean(FlyteConnection.class);
		connection.authorizedClientManager()
			.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(connection.clientRegistrationId())
				.principal("flyte-connect-cli")
				.build());
	}

}
