package io.flyteconnect.integration.canary.search;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;

/**
 * The secrets of one test: those that it makes up, and those that servers have issued.
 */
public final class Canaries {

	private final Collection<Canary> canaries = new CopyOnWriteArraySet<>();

	/**
	 * Make up a secret with all that forms, URLs, JSON and HTML have to escape.
	 * @param name what it is used for
	 */
	public String secret(String name) {
		return add(name, random() + " +&=:%/?#\"\\'<>," + random());
	}

	/**
	 * Make up a secret that a header can carry, and that a shell takes as it is.
	 * @param name what it is used for
	 */
	public String token(String name) {
		return add(name, random() + "-." + random());
	}

	public String add(String name, String value) {
		this.canaries.add(new Canary(name, value));
		return value;
	}

	public List<Canary> all() {
		return List.copyOf(this.canaries);
	}

	/**
	 * Return the secrets themselves, as somebody says them who should not.
	 */
	public String values() {
		return this.canaries.stream().map(Canary::value).collect(Collectors.joining("\n"));
	}

	private static String random() {
		return "canary" + UUID.randomUUID().toString().replace("-", "").substring(0, 14);
	}

}
