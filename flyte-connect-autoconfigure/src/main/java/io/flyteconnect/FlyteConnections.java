package io.flyteconnect;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.flyteconnect.internal.text.NearName;
import io.flyteconnect.internal.text.SafeText;

/**
 * The Flyte connections of an application by their names: the one that {@code flyte.*}
 * configures ({@code default}), those of {@code flyte.connections.<name>.*}, and those
 * that the application defines as beans. Safe for use by several threads. Does not close
 * what it holds.
 *
 * @since 0.1.0
 */
public final class FlyteConnections implements Iterable<FlyteConnection> {

	private final Supplier<? extends Collection<FlyteConnection>> source;

	private volatile @Nullable Map<String, FlyteConnection> byName;

	/**
	 * Create a collection of connections that are looked for when one is first asked for.
	 * @param source gives the connections, each of another name
	 */
	public FlyteConnections(Supplier<? extends Collection<FlyteConnection>> source) {
		Assert.notNull(source, "'source' must not be null");
		this.source = source;
	}

	/**
	 * Create a collection of connections.
	 * @param connections the connections, each of another name
	 * @return the collection
	 * @throws IllegalArgumentException if two have the same name
	 */
	public static FlyteConnections of(FlyteConnection... connections) {
		List<FlyteConnection> all = List.of(connections);
		FlyteConnections result = new FlyteConnections(() -> all);
		result.all();
		return result;
	}

	/**
	 * Return a connection.
	 * @param name its name
	 * @return the connection
	 * @throws NoSuchElementException if there is none of this name: names those that
	 * there are, and which one may be meant
	 */
	public FlyteConnection get(String name) {
		return find(name).orElseThrow(() -> unknown(name));
	}

	/**
	 * Look for a connection.
	 * @param name its name
	 * @return the connection, empty if there is none of this name
	 */
	public Optional<FlyteConnection> find(String name) {
		return Optional.ofNullable(all().get(name));
	}

	/**
	 * Return the names of the connections.
	 * @return the names, in the order of the connections
	 */
	public Set<String> names() {
		return all().keySet();
	}

	/**
	 * Return the connections.
	 * @return all of them
	 */
	public Stream<FlyteConnection> stream() {
		return all().values().stream();
	}

	@Override
	public Iterator<FlyteConnection> iterator() {
		return all().values().iterator();
	}

	private Map<String, FlyteConnection> all() {
		Map<String, FlyteConnection> known = this.byName;
		if (known == null) {
			Map<String, FlyteConnection> found = new LinkedHashMap<>();
			for (FlyteConnection connection : this.source.get()) {
				Assert.isTrue(found.put(connection.name(), connection) == null,
						() -> "Two Flyte connections have the name '" + connection.name() + "'");
			}
			known = Collections.unmodifiableMap(found);
			this.byName = known;
		}
		return known;
	}

	private NoSuchElementException unknown(String name) {
		Set<String> names = names();
		String hint = NearName.hint(name, names);
		return new NoSuchElementException("There is no Flyte connection named '" + SafeText.of(name) + "'"
				+ (hint.isEmpty() ? "." : hint) + " There are: " + String.join(", ", names));
	}

	@Override
	public String toString() {
		// Looks for nothing, and makes no bean.
		Map<String, FlyteConnection> known = this.byName;
		return "FlyteConnections" + ((known != null) ? known.keySet() : "");
	}

}
