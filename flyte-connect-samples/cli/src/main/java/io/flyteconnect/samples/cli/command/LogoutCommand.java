package io.flyteconnect.samples.cli.command;

import java.util.List;

import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

import io.flyteconnect.FlyteConnection;

/**
 * Forgets the login.
 *
 * @since 0.1.0
 */
@Command(name = "logout", description = "Forget the login. The cluster is not told.")
public final class LogoutCommand extends FlyteCommand {

	@Override
	protected Answer answer(ConfigurableApplicationContext context) {
		FlyteConnection connection = context.getBean(FlyteConnection.class);
		connection.logout();
		return Answer.single(List.of("endpoint", "login"), List.of(connection.config().endpoint().text(), "forgotten"));
	}

}
