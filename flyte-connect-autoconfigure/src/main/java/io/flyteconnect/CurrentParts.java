package io.flyteconnect;

import java.time.Duration;
import java.util.function.Function;

import org.springframework.util.Assert;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.channel.SwitchedChannel;

/**
 * What a connection is made of at the moment, and how others take its place.
 */
final class CurrentParts {

	private final Function<PlatformConfig, ConnectionParts> maker;

	private final SwitchedChannel channel;

	private final RetiredParts retired;

	private volatile ConnectionParts parts;

	private boolean closed;

	/**
	 * Create it.
	 * @param first what the connection is made of at first
	 * @param maker makes of other settings what takes its place
	 */
	CurrentParts(ConnectionParts first, Function<PlatformConfig, ConnectionParts> maker) {
		this.parts = first;
		this.maker = maker;
		this.channel = new SwitchedChannel(first.channel().managed());
		this.retired = new RetiredParts(first.config().name(), this.channel);
	}

	ConnectionParts get() {
		return this.parts;
	}

	/**
	 * Return the channel that stays the same.
	 */
	SwitchedChannel channel() {
		return this.channel;
	}

	/**
	 * Take over other settings.
	 * @return what changes by them
	 */
	String takeOver(PlatformConfig config) {
		synchronized (this.retired) {
			ConnectionParts previous = this.parts;
			checkApi(previous.config(), config);
			Assert.state(!this.closed, () -> "Flyte connection '" + previous.config().name()
					+ "' is closed, so it takes over no settings");
			ConnectionParts next = this.maker.apply(config);
			next.follow(previous);
			this.parts = next;
			this.channel.use(next.channel().managed());
			// Not before, since calls that begin in between would find no login.
			previous.stopAsking(this.channel);
			this.retired.add(previous);
			return SettingChanges.between(previous.config(), config);
		}
	}

	// What has been injected calls the one, and could not call the other.
	private static void checkApi(PlatformConfig before, PlatformConfig after) {
		if (before.api().version() != after.api().version()) {
			throw new InvalidFlyteConfigurationException(after.origins().property("platform.api"),
					after.origins().origin("platform.api"),
					"The connection was made for another API, and keeps it: stubs of the one cannot call the other.",
					"Restart the application, or make a connection of its own for the other API.", null);
		}
	}

	/**
	 * Let all end.
	 * @param limit how long calls under way may go on at most
	 * @return whether this was the first time
	 */
	boolean close(Duration limit) {
		ConnectionParts last;
		boolean first;
		synchronized (this.retired) {
			first = !this.closed;
			this.closed = true;
			last = this.parts;
		}
		this.retired.stopAsking();
		this.retired.endWithin(limit);
		last.close(limit);
		this.retired.awaitEnd();
		return first;
	}

}
