package io.flyteconnect.samples.cli.command;

import java.util.List;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.Version;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

import io.flyteconnect.FlyteAdminStub;

/**
 * Shows the version of the cluster.
 *
 * @since 0.1.0
 */
@Command(name = "version", description = "Show the version of the cluster.")
public final class VersionCommand extends FlyteCommand {

	@Override
	protected Answer answer(ConfigurableApplicationContext context) {
		Version version = context.getBean(FlyteAdminStub.class)
			.blocking()
			.getVersion(GetVersionRequest.getDefaultInstance())
			.getControlPlaneVersion();
		return Answer.single(List.of("version", "build", "built"),
				List.of(version.getVersion(), version.getBuild(), version.getBuildTime()));
	}

}
