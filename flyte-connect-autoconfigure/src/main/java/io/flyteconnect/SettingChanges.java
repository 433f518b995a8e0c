package io.flyteconnect;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;

/**
 * Says in a line of the log what other settings change, without any value that may be a
 * secret.
 */
final class SettingChanges {

	private final List<String> changes = new ArrayList<>();

	private SettingChanges() {
	}

	static String between(PlatformConfig before, PlatformConfig after) {
		SettingChanges changes = new SettingChanges();
		changes.add("endpoint", before.endpoint(), after.endpoint());
		AuthMode mode = before.credentials().authMode();
		if (mode != after.credentials().authMode()) {
			changes.add("login", mode.words().get(0), after.credentials().authMode().words().get(0));
		}
		else {
			changes.addName("credentials", before.credentials(), after.credentials());
		}
		changes.addName("API", before.api(), after.api());
		changes.addName("trust", before.tls(), after.tls());
		changes.addName("proxy", before.httpProxy(), after.httpProxy());
		changes.addName("channel", before.channel(), after.channel());
		changes.addName("secrets", before.secrets(), after.secrets());
		changes.addName("runs", before.runs(), after.runs());
		changes.addName("console", before.consoleEndpoint(), after.consoleEndpoint());
		return changes.changes.isEmpty() ? "none differs" : String.join(", ", changes.changes);
	}

	private void add(String what, Object before, Object after) {
		if (!before.equals(after)) {
			this.changes.add(what + " " + before + " -> " + after);
		}
	}

	private void addName(String what, @Nullable Object before, @Nullable Object after) {
		if (!Objects.equals(before, after)) {
			this.changes.add(what);
		}
	}

}
