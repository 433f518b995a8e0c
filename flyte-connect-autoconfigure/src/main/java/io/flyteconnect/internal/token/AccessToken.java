package io.flyteconnect.internal.token;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;

/**
 * What calls carry at the moment: a token, ready to be put on a call, or nothing. An
 * instance is one generation; two are the same only if they are the same object.
 */
public final class AccessToken {

	/** The usual metadata key of a token. */
	public static final String AUTHORIZATION = "authorization";

	/** The metadata key of the token for a proxy in front of Flyte. */
	public static final String PROXY_AUTHORIZATION = "proxy-authorization";

	private final String value;

	private final Metadata headers;

	private final @Nullable OAuth2AuthorizedClient client;

	private final long renewAtMillis;

	private final long endsAtMillis;

	private final boolean endless;

	private volatile boolean accepted;

	private final AtomicBoolean rejected = new AtomicBoolean();

	private volatile int requests = 1;

	private AccessToken(String value, Metadata headers, @Nullable OAuth2AuthorizedClient client, long renewAtMillis,
			long endsAtMillis, boolean endless) {
		this.value = value;
		this.headers = headers;
		this.client = client;
		this.renewAtMillis = renewAtMillis;
		this.endsAtMillis = endsAtMillis;
		this.endless = endless;
	}

	/**
	 * A token that is renewed some time ahead of its end.
	 * @param client the client that holds the token
	 * @param header the metadata key to send it under
	 * @param received when it was received: its life counts from here, whatever the
	 * server's clock says
	 * @param window how long before its end it is renewed, zero for a share of its life
	 * @param jitter a number from 0 to 1 that spreads the renewals of many processes
	 */
	public static AccessToken of(OAuth2AuthorizedClient client, String header, Instant received, Duration window,
			double jitter) {
		return of(client.getAccessToken().getTokenValue(), client, header, received,
				TokenLife.of(client.getAccessToken()), window, jitter);
	}

	public static AccessToken of(String value, @Nullable OAuth2AuthorizedClient client, String header, Instant received,
			Duration life, Duration window, double jitter) {
		Metadata headers = new Metadata();
		headers.put(Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER), "Bearer " + value);
		long start = received.toEpochMilli();
		return new AccessToken(value, headers, client, start + renewAfter(life.toMillis(), window.toMillis(), jitter),
				start + life.toMillis(), life.compareTo(TokenLife.UNTIL_REFUSED) >= 0);
	}

	/**
	 * The same token, which is not renewed ahead of its end.
	 */
	public AccessToken untilItsEnd() {
		AccessToken same = new AccessToken(this.value, this.headers, this.client, Long.MAX_VALUE, this.endsAtMillis,
				this.endless);
		same.accepted = this.accepted;
		same.requests = this.requests;
		return same;
	}

	/**
	 * No token: the server asks for none, as far as is known.
	 */
	public static AccessToken none(Instant until) {
		AccessToken none = new AccessToken("", new Metadata(), null, Long.MAX_VALUE, until.toEpochMilli(), true);
		none.took(0);
		return none;
	}

	/**
	 * A share of the life, so that a token that lives for seconds is not renewed at each
	 * call; a window that would take up more than half of the life counts as too large.
	 */
	private static long renewAfter(long life, long window, double jitter) {
		long ahead = (window > 0 && window <= life / 2) ? window : life / 5;
		return life - ahead - (long) (jitter * life / 20);
	}

	public boolean isAnonymous() {
		return this.value.isEmpty();
	}

	public boolean isUsable(long nowMillis) {
		return nowMillis < this.endsAtMillis;
	}

	/**
	 * When the token ends, or {@code null} if it counts until it is refused.
	 */
	public @Nullable Instant end() {
		return this.endless ? null : Instant.ofEpochMilli(this.endsAtMillis);
	}

	/**
	 * Take note that the server refused it.
	 * @return whether it is the first time
	 */
	boolean reject() {
		return this.rejected.compareAndSet(false, true);
	}

	long millisLeft(long nowMillis) {
		return Math.max(0, this.endsAtMillis - nowMillis);
	}

	boolean isToBeRenewed(long nowMillis) {
		return nowMillis >= this.renewAtMillis;
	}

	/**
	 * Whether the server has let in a call with this token.
	 */
	public boolean isAccepted() {
		return this.accepted;
	}

	void accept() {
		this.accepted = true;
	}

	/**
	 * How many requests it took to get this token.
	 */
	public int requests() {
		return this.requests;
	}

	void took(int requests) {
		this.requests = requests;
	}

	public String value() {
		return this.value;
	}

	/**
	 * The headers of a call, shared by all calls: never to be changed.
	 */
	public Metadata headers() {
		return this.headers;
	}

	/**
	 * Take the token out of headers that it was put into.
	 * @param sent the headers
	 */
	public void removeFrom(Metadata sent) {
		for (String name : this.headers.keys()) {
			Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
			sent.remove(key, this.headers.get(key));
		}
	}

	public @Nullable OAuth2AuthorizedClient client() {
		return this.client;
	}

}
