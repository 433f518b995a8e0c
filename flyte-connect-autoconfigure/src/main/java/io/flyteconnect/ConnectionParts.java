package io.flyteconnect;

import java.time.Duration;

import io.grpc.Channel;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.channel.FlyteChannel;
import io.flyteconnect.internal.client.FlyteLogin;
import io.flyteconnect.internal.http.FlyteHttpClient;
import io.flyteconnect.internal.proxy.ProxyRoute;
import io.flyteconnect.internal.tls.TrustMaterial;

/**
 * What a connection is made of while it has the same settings.
 *
 * @param config the settings
 * @param channel the gRPC channel
 * @param login the login
 * @param trust whom the connection trusts
 * @param http the HTTP client of the login
 * @param data the HTTP client for the object store
 * @param route the forward proxy on the way to Flyte Admin, or {@code null}
 */
record ConnectionParts(PlatformConfig config, FlyteChannel channel, FlyteLogin login, TrustMaterial trust,
		FlyteHttpClient http, FlyteHttpClient data, @Nullable ProxyRoute route) {

	/**
	 * Whether two settings are the same, wherever they are written.
	 */
	static boolean isSame(PlatformConfig one, PlatformConfig other) {
		return isSameLogin(one, other) && one.tls().equals(other.tls()) && one.httpProxy().equals(other.httpProxy())
				&& one.channel().equals(other.channel()) && one.runs().equals(other.runs())
				&& one.secrets().equals(other.secrets())
				&& String.valueOf(one.consoleEndpoint()).equals(String.valueOf(other.consoleEndpoint()));
	}

	private static boolean isSameLogin(PlatformConfig one, PlatformConfig other) {
		return one.endpoint().equals(other.endpoint()) && one.api().equals(other.api())
				&& one.tls().insecure() == other.tls().insecure() && one.credentials().equals(other.credentials());
	}

	/**
	 * Go on with the login of other parts, where it is the same one.
	 */
	void follow(ConnectionParts previous) {
		if (isSameLogin(this.config, previous.config)) {
			this.login.adopt(previous.login);
		}
		this.login.askAfter(previous.login);
	}

	/**
	 * Ask no person from now on: the next login may need the port that this one holds.
	 * @param successor where calls go that were made and have not begun, which would find
	 * no login here
	 */
	void stopAsking(Channel successor) {
		if (this.config.credentials().authMode().asksPerson()) {
			this.channel.redirect(successor);
			this.login.stopAsking();
		}
	}

	void close(Duration limit) {
		try {
			this.login.stopAsking();
			this.channel.close(limit, this.login::cancel);
		}
		finally {
			release();
		}
	}

	/**
	 * Let what is under way finish: calls within their deadlines, all else within the
	 * time that the settings give it.
	 * @param successor where calls go that begin late
	 */
	void retire(Channel successor) {
		Duration grace = this.config.channel().shutdownGracePeriod();
		long end = System.nanoTime() + grace.toNanos();
		try {
			this.channel.retire(successor, this.login::cancel);
			this.data.awaitIdle(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
		}
		finally {
			release();
		}
	}

	private void release() {
		this.login.close();
		this.http.close();
		this.data.close();
		this.trust.close();
	}

}
