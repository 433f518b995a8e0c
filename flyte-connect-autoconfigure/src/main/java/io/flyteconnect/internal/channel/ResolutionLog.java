package io.flyteconnect.internal.channel;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.grpc.ManagedChannel;
import org.jspecify.annotations.Nullable;

/**
 * Keeps gRPC from logging a stack trace whenever it does not find the host of a
 * connection to Flyte: the call that fails says so in plain words. Other channels of the
 * application, and everything else that gRPC logs, are left alone, and so is this where
 * the logger's level is lowered to debug.
 */
final class ResolutionLog implements Filter {

	private static final String MESSAGE = "Failed to resolve name";

	private static final Pattern ID = Pattern.compile("logId=(\\d+)");

	private static final Logger LOGGER = Logger.getLogger("io.grpc.internal.ManagedChannelImpl");

	private static final ResolutionLog FILTER = new ResolutionLog();

	private final Set<String> channels = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Filter next;

	private ResolutionLog() {
	}

	/**
	 * Leave out what gRPC logs of a channel's names.
	 * @param channel the channel
	 * @return ends that, when the channel ends
	 */
	static Runnable leaveOut(ManagedChannel channel) {
		String name = name(channel);
		if (name == null) {
			return () -> {
			};
		}
		FILTER.install();
		FILTER.channels.add(name);
		return () -> FILTER.channels.remove(name);
	}

	/**
	 * Return whether what gRPC logs of a channel's names is left out.
	 */
	static boolean leavesOut(ManagedChannel channel) {
		String name = name(channel);
		return name != null && FILTER.channels.contains(name);
	}

	private static @Nullable String name(ManagedChannel channel) {
		Matcher id = ID.matcher(channel.toString());
		return id.find() ? "Channel<" + id.group(1) + ">" : null;
	}

	// Again for each channel: an application may have set a filter of its own since.
	private synchronized void install() {
		Filter installed = LOGGER.getFilter();
		if (installed != this) {
			this.next = installed;
			LOGGER.setFilter(this);
		}
	}

	@Override
	public boolean isLoggable(LogRecord event) {
		Filter other = this.next;
		return !isLeftOut(event) && (other == null || other.isLoggable(event));
	}

	private boolean isLeftOut(LogRecord event) {
		Object[] parameters = event.getParameters();
		if (parameters == null || parameters.length == 0 || !String.valueOf(event.getMessage()).contains(MESSAGE)
				|| LOGGER.isLoggable(Level.FINE)) {
			return false;
		}
		String id = String.valueOf(parameters[0]);
		int end = id.indexOf('>');
		return end > 0 && this.channels.contains(id.substring(0, end + 1));
	}

}
