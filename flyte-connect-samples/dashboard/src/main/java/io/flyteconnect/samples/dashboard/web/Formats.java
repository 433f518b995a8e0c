package io.flyteconnect.samples.dashboard.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import flyteidl.core.Execution.WorkflowExecution.Phase;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

import io.flyteconnect.samples.dashboard.flyte.ExecutionSummary;

/**
 * How the pages write times and phases. Public, since the templates call it.
 *
 * @since 0.1.0
 */
@Component
public class Formats {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.UK)
		.withZone(ZoneOffset.UTC);

	/**
	 * Write a time.
	 * @param time the time
	 * @return date and time of day in UTC
	 */
	public String time(Instant time) {
		return TIME.format(time);
	}

	/**
	 * Write how long ago a time was.
	 * @param time the time
	 * @return for example {@code 3 h ago}
	 */
	public String ago(Instant time) {
		Duration ago = Duration.between(time, Instant.now());
		if (ago.toMinutes() < 1) {
			return "just now";
		}
		if (ago.toHours() < 1) {
			return ago.toMinutes() + " min ago";
		}
		return (ago.toDays() < 1) ? ago.toHours() + " h ago" : count(ago.toDays(), "day") + " ago";
	}

	private String count(long number, String unit) {
		return number + " " + unit + ((number != 1) ? "s" : "");
	}

	/**
	 * Write how long an execution ran, or has been running so far.
	 * @param execution the execution
	 * @return two units at most, for example {@code 12 min 5 s}; {@code null} if it has
	 * not started
	 */
	public @Nullable String duration(ExecutionSummary execution) {
		if (execution.duration() != null) {
			return duration(execution.duration());
		}
		return (execution.startedAt() != null && isUnderWay(execution))
				? duration(Duration.between(execution.startedAt(), Instant.now())) + " so far" : null;
	}

	private boolean isUnderWay(ExecutionSummary execution) {
		return execution.canBeTerminated() || execution.phase() == Phase.ABORTING || execution.phase() == Phase.FAILING;
	}

	String duration(Duration duration) {
		long seconds = Math.max(0, duration.toSeconds());
		if (seconds < 60) {
			return seconds + " s";
		}
		if (seconds < 3600) {
			return seconds / 60 + " min " + seconds % 60 + " s";
		}
		return (seconds < 86400) ? seconds / 3600 + " h " + seconds / 60 % 60 + " min"
				: seconds / 86400 + " d " + seconds / 3600 % 24 + " h";
	}

	/**
	 * Write a phase.
	 * @param phase the phase
	 * @return for example {@code Timed out}
	 */
	public String phase(Phase phase) {
		return StringUtils.capitalize(phase.name().toLowerCase(Locale.ROOT).replace('_', ' '));
	}

}
