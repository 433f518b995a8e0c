package io.flyteconnect.internal.metrics;

import java.util.Arrays;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import org.jspecify.annotations.Nullable;

/**
 * The meters of Flyte Connect, as {@code docs/metrics.md} lists them.
 */
public enum FlyteMeter {

	/** A timer, and a span. */
	TOKEN_REQUESTS("flyte.token.requests", "Requests for a token, refreshes included"),

	/** A timer of long tasks, made by Micrometer for each observation. */
	TOKEN_REQUESTS_ACTIVE("flyte.token.requests.active", "Requests for a token that are under way"),

	/** A timer. */
	TOKEN_WAITS("flyte.token.waits", "Waits of callers for a token"),

	/** A counter. */
	TOKEN_REJECTIONS("flyte.token.rejections", "Tokens that Flyte or a proxy refused, each once"),

	/** A gauge. */
	TOKEN_EXPIRES_IN("flyte.token.expires.in", "Time to the end of the token"),

	/** A counter. */
	CALLS_RESENT("flyte.calls.resent", "Calls that were sent once more, by the reason"),

	/** A gauge for each state. */
	CHANNEL_STATE("flyte.channel.state", "1 for the state that the channel is in, 0 for the others"),

	/** A counter. */
	SECRET_LOOKUPS("flyte.secret.lookups", "Look-ups of secrets");

	/** The tag that all of them have. */
	static final String CONNECTION = "connection";

	private final String meterName;

	private final String description;

	FlyteMeter(String meterName, String description) {
		this.meterName = meterName;
		this.description = description;
	}

	public String meterName() {
		return this.meterName;
	}

	public String description() {
		return this.description;
	}

	/**
	 * Return what describes the meters that Micrometer makes of an observation, which
	 * have no description.
	 * @return the filter
	 */
	public static MeterFilter descriptions() {
		return new MeterFilter() {

			@Override
			public Meter.Id map(Meter.Id id) {
				FlyteMeter meter = (id.getDescription() == null) ? find(id.getName()) : null;
				return (meter != null) ? new Meter.Id(id.getName(), Tags.of(id.getTags()), id.getBaseUnit(),
						meter.description, id.getType()) : id;
			}

		};
	}

	private static @Nullable FlyteMeter find(String name) {
		return name.startsWith("flyte.")
				? Arrays.stream(values()).filter((meter) -> meter.meterName.equals(name)).findFirst().orElse(null)
				: null;
	}

}
