package io.flyteconnect.internal.secret;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.secret.Secret;
import io.flyteconnect.secret.SecretSource;
import io.flyteconnect.secret.SecretValue;

/**
 * Counts how often each source was asked for a secret, and what came of it.
 */
public final class SecretLookups {

	private final Map<Lookup, LongAdder> counts = new ConcurrentHashMap<>();

	private final List<BiConsumer<Lookup, LongAdder>> followers = new CopyOnWriteArrayList<>();

	/**
	 * Ask a source, and count that.
	 * @param source the source
	 * @param secret the secret
	 * @return what the source has
	 */
	public @Nullable SecretValue find(SecretSource source, Secret secret) {
		try {
			SecretValue value = source.find(secret);
			count(source, (value != null) ? "found" : "missing");
			return value;
		}
		catch (RuntimeException ex) {
			count(source, "failed");
			throw ex;
		}
	}

	private void count(SecretSource source, String outcome) {
		Class<?> type = source.getClass();
		String name = (type.isSynthetic() || type.isAnonymousClass()) ? "SecretSource" : type.getSimpleName();
		Lookup lookup = new Lookup(name, outcome);
		LongAdder count = this.counts.get(lookup);
		if (count == null) {
			count = add(lookup);
		}
		count.increment();
	}

	private synchronized LongAdder add(Lookup lookup) {
		LongAdder known = this.counts.get(lookup);
		if (known != null) {
			return known;
		}
		LongAdder count = new LongAdder();
		this.counts.put(lookup, count);
		this.followers.forEach((follower) -> follower.accept(lookup, count));
		return count;
	}

	/**
	 * Follow the counts.
	 * @param follower is told of each, those that are there and those to come
	 */
	public synchronized void follow(BiConsumer<Lookup, LongAdder> follower) {
		this.counts.forEach(follower);
		this.followers.add(follower);
	}

	/**
	 * What is counted apart.
	 *
	 * @param source the type of the source
	 * @param outcome {@code found}, {@code missing} or {@code failed}
	 */
	public record Lookup(String source, String outcome) {

	}

}
