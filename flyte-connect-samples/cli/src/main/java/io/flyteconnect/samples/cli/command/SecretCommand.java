package io.flyteconnect.samples.cli.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.flyteconnect.secret.Secret;
import io.flyteconnect.secret.SecretResolver;
import io.flyteconnect.secret.SecretValue;

/**
 * Shows where a secret is found. Asks no server.
 *
 * @since 0.1.0
 */
@Command(name = "secret", description = "Show where a secret is found; the secret itself only if asked to.")
public final class SecretCommand extends FlyteCommand {

	private static final String MASK = "******";

	@Parameters(index = "0", paramLabel = "GROUP", description = "The group of the secret.")
	private String group = "";

	@Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "The key within the group.")
	private @Nullable String key;

	@Option(names = "--version", paramLabel = "VERSION", description = "The version of the group.")
	private @Nullable String version;

	@Option(names = "--reveal", description = "Write the secret itself; as a table, nothing else.")
	private boolean reveal;

	/**
	 * Run the command.
	 * @param context the application
	 * @param out where the answer goes
	 * @return the exit code
	 * @throws io.flyteconnect.secret.SecretException if the secret is nowhere, or cannot
	 * be read
	 */
	@Override
	public int run(ConfigurableApplicationContext context, PrintWriter out) {
		if (!this.reveal || output() != Output.TABLE) {
			return super.run(context, out);
		}
		// As it is: what takes it from here must not have to cut a table apart.
		try (SecretValue value = find(context)) {
			out.println(value.text());
		}
		out.flush();
		return ExitCodes.OK;
	}

	@Override
	protected Answer answer(ConfigurableApplicationContext context) {
		try (SecretValue value = find(context)) {
			return Answer.single(List.of("group", "version", "key", "found", "value"),
					List.of(this.group, Objects.requireNonNullElse(this.version, ""),
							Objects.requireNonNullElse(this.key, ""), value.origin(),
							this.reveal ? value.text() : MASK));
		}
	}

	private SecretValue find(ConfigurableApplicationContext context) {
		Secret secret = Secret.builder().group(this.group).groupVersion(this.version).key(this.key).build();
		return context.getBean(SecretResolver.class).get(secret);
	}

}
