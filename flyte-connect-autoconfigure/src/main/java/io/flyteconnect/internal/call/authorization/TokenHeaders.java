package io.flyteconnect.internal.call.authorization;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.grpc.Metadata;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.text.SettingNames;
import io.flyteconnect.internal.token.AccessToken;

/**
 * The headers that the login of a connection writes. What an interceptor of the
 * application writes under the same names does not reach Flyte: of two values servers of
 * Go read the first, and nginx refuses the request.
 */
public class TokenHeaders {

	private static final Log logger = LogFactory.getLog(TokenHeaders.class);

	private static final Metadata.Key<String> AUTHORIZATION = key(AccessToken.AUTHORIZATION);

	// What flyteadmin publishes where an ingress takes the other one for itself.
	private static final Metadata.Key<String> FLYTE_AUTHORIZATION = key("flyte-authorization");

	private static final Metadata.Key<String> PROXY_AUTHORIZATION = key(AccessToken.PROXY_AUTHORIZATION);

	private final String connection;

	private final SettingNames names;

	private final @Nullable String configured;

	private final boolean proxy;

	private final Supplier<@Nullable String> published;

	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	private volatile Metadata.@Nullable Key<String> other;

	/**
	 * Create the headers of a login.
	 * @param connection the name of the connection, for the log
	 * @param names names settings as the connection has them
	 * @param configured the configured metadata key of the token, or {@code null}
	 * @param proxy whether a token for a proxy is sent, too
	 * @param published the metadata key that the server is known to publish, or
	 * {@code null}
	 */
	public TokenHeaders(String connection, SettingNames names, @Nullable String configured, boolean proxy,
			Supplier<@Nullable String> published) {
		this.connection = connection;
		this.names = names;
		this.configured = configured;
		this.proxy = proxy;
		this.published = published;
	}

	/**
	 * Whether there may be two values of one header when the login has written its own.
	 * Only then is it worth a look at each attempt, which copies the token.
	 * @param headers the headers that the interceptors wrote
	 */
	boolean isAnyIn(Metadata headers) {
		Metadata.Key<String> other = other();
		return headers.containsKey(AUTHORIZATION) || headers.containsKey(FLYTE_AUTHORIZATION) || this.proxy
				|| ((other != null) ? headers.containsKey(other) : !headers.keys().isEmpty());
	}

	/**
	 * Leave one value of each: the last, since credentials write after interceptors.
	 * @param headers what is about to be sent
	 */
	void keepOneValue(Metadata headers) {
		keepLast(headers, AUTHORIZATION);
		keepLast(headers, FLYTE_AUTHORIZATION);
		if (this.proxy) {
			keepLast(headers, PROXY_AUTHORIZATION);
		}
		Metadata.Key<String> other = other();
		if (other != null) {
			keepLast(headers, other);
			if (this.configured == null && headers.containsKey(other) && headers.containsKey(AUTHORIZATION)
					&& !other.equals(AUTHORIZATION)) {
				warnOfBoth(other.name());
			}
		}
	}

	private void keepLast(Metadata headers, Metadata.Key<String> key) {
		Iterable<String> values = headers.getAll(key);
		if (values == null) {
			return;
		}
		String last = null;
		int count = 0;
		for (String value : values) {
			last = value;
			count++;
		}
		if (count > 1 && last != null) {
			headers.discardAll(key);
			headers.put(key, last);
			warn(key.name());
		}
	}

	/**
	 * Remove the token's headers from a call that goes without a token: the configured
	 * one, else the usual ones and the one that is known to be published.
	 * @param headers the headers that the interceptors wrote
	 */
	void removeFromAnonymous(Metadata headers) {
		Metadata.Key<String> other = other();
		if (this.configured == null) {
			remove(headers, AUTHORIZATION);
			remove(headers, FLYTE_AUTHORIZATION);
		}
		if (other != null) {
			remove(headers, other);
		}
	}

	private void remove(Metadata headers, Metadata.Key<String> key) {
		if (headers.containsKey(key)) {
			headers.discardAll(key);
			warn(key.name());
		}
	}

	private Metadata.@Nullable Key<String> other() {
		String name = (this.configured != null) ? this.configured : this.published.get();
		Metadata.Key<String> key = this.other;
		if (name == null || (key != null && key.originalName().equals(name))) {
			return (name != null) ? key : null;
		}
		try {
			this.other = key(name);
			return this.other;
		}
		catch (IllegalArgumentException ex) {
			// No header can be that, so none is.
			return null;
		}
	}

	private void warn(String name) {
		if (this.warned.add(name)) {
			logger.warn(this.names.in("An interceptor of the application writes the header '" + name
					+ "', which Flyte connection '" + this.connection
					+ "' sends its own token in: Flyte does not get the interceptor's value. Let the"
					+ " interceptor pass over the methods of flyteidl.*, or set flyte.credentials.authorization-header"
					+ " to another header that Flyte reads."));
		}
	}

	// An ingress may want it, so it goes on.
	private void warnOfBoth(String own) {
		if (this.warned.add("both")) {
			logger.warn(this.names
				.in("An interceptor of the application writes the header 'authorization' on the calls of Flyte"
						+ " connection '" + this.connection + "', which sends its own token in '" + SafeText.of(own)
						+ "': both go out. If it is meant for a gateway in front of Flyte, set"
						+ " flyte.credentials.authorization-header=" + SafeText.of(own)
						+ ", which says so; otherwise let the interceptor pass over the methods of flyteidl.*."));
		}
	}

	private static Metadata.Key<String> key(String name) {
		return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
	}

}
