package io.flyteconnect.samples.cli.command;

import java.util.List;

import flyteidl.service.Identity.UserInfoRequest;
import flyteidl.service.Identity.UserInfoResponse;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

import io.flyteconnect.FlyteAdminStub;

/**
 * Shows who the cluster takes the caller for.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
@Command(name = "whoami", description = "Show who the cluster takes you for.")
public final class WhoamiCommand extends FlyteCommand {

	@Override
	Answer answer(ConfigurableApplicationContext context) {
		UserInfoResponse user = context.getBean(FlyteAdminStub.class)
			.identity()
			.blocking()
			.userInfo(UserInfoRequest.getDefaultInstance());
		return Answer.single(List.of("subject", "name", "username", "email"),
				List.of(user.getSubject(), user.getName(), user.getPreferredUsername(), user.getEmail()));
	}

}
