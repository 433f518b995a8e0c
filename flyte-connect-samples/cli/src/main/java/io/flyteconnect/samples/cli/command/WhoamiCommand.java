package io.flyteconnect.samples.cli.command;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

import io.flyteconnect.identity.FlyteUser;
import io.flyteconnect.identity.FlyteUsers;

/**
 * Shows who the cluster takes the caller for.
 *
 * @since 0.1.0
 */
@Command(name = "whoami", description = "Show who the cluster takes you for.")
public final class WhoamiCommand extends FlyteCommand {

	@Override
	protected Answer answer(ConfigurableApplicationContext context) {
		FlyteUser user = context.getBean(FlyteUsers.class).whoAmI();
		return Answer.single(List.of("subject", "name", "username", "email"),
				List.of(user.subject(), text(user.name()), text(user.preferredUsername()), text(user.email())));
	}

	private static String text(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
