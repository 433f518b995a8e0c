package io.flyteconnect.samples.cli.command;

import java.time.Instant;
import java.util.List;

import flyteidl.service.Identity.UserInfoRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import picocli.CommandLine.Command;

import io.flyteconnect.FlyteConnection;

/**
 * Logs in and keeps the login.
 *
 * @since 0.1.0
 */
@Command(name = "login", description = "Log in, and stay logged in.")
public final class LoginCommand extends FlyteCommand {

	@Override
	protected Answer answer(ConfigurableApplicationContext context) {
		FlyteConnection connection = context.getBean(FlyteConnection.class);
		call(connection);
		OAuth2AuthorizedClient client = client(connection);
		Instant end = (client != null) ? client.getAccessToken().getExpiresAt() : null;
		return Answer.single(List.of("endpoint", "login", "until"), List.of(connection.config().endpoint().text(),
				(client != null) ? "yes" : "not needed", (end != null) ? end.toString() : ""));
	}

	// A call that every server with a login wants a token for.
	private static void call(FlyteConnection connection) {
		try {
			connection.admin().identity().blocking().userInfo(UserInfoRequest.getDefaultInstance());
		}
		catch (StatusRuntimeException ex) {
			if (ex.getStatus().getCode() != Code.UNIMPLEMENTED) {
				throw ex;
			}
		}
	}

	private static @Nullable OAuth2AuthorizedClient client(FlyteConnection connection) {
		return connection.authorizedClientManager()
			.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(connection.clientRegistrationId())
				.principal("flyte-connect-cli")
				.build());
	}

}
