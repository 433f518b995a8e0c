package io.flyteconnect.autoconfigure.environment;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.flyteconnect.internal.config.connection.NamedConnection;
import io.flyteconnect.internal.config.connection.NamedConnections;
import io.flyteconnect.internal.config.origin.PropertyOrigin;
import io.flyteconnect.internal.config.origin.PropertyPrefix;
import io.flyteconnect.internal.configfile.Excerpt;
import io.flyteconnect.internal.configfile.FlyteFilePropertySource;
import io.flyteconnect.internal.text.NearName;

/**
 * Logs a warning for properties and variables of Flyte that have no effect because their
 * name is misspelt. Never shows a value.
 */
class FlytePropertyNamesEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final ConfigurationPropertyName FLYTE = ConfigurationPropertyName.of("flyte");

	private static final String CONNECTIONS_KEY = "connections";

	private static final ConfigurationPropertyName CONNECTIONS = ConfigurationPropertyName.of(NamedConnection.ROOT);

	/**
	 * Variables of flytekit and of a task's pod, and those that Kubernetes sets for a
	 * service with the name of one of our sections.
	 */
	private static final Pattern OTHER_VARIABLES = Pattern
		.compile("flyte(internal|sdk|aws|azure|gcp|images|statsd|secretsdb|deck|local).*|.*(servicehost|serviceport.*"
				+ "|port\\d*(tcp|udp).*|port)");

	private final Log logger;

	FlytePropertyNamesEnvironmentPostProcessor(DeferredLogFactory logFactory) {
		this.logger = logFactory.getLog(FlytePropertyNamesEnvironmentPostProcessor.class);
	}

	@Override
	public int getOrder() {
		return FlyteConfigFileEnvironmentPostProcessor.ORDER + 2;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (!Binder.get(environment).bind("flyte.enabled", Boolean.class).orElse(true)) {
			return;
		}
		// No lambda, each of which would be a class more in each start.
		Set<Found> found = new TreeSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable
					&& !(source.getUnderlyingSource() instanceof FlyteFilePropertySource)) {
				boolean variable = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
				for (ConfigurationPropertyName name : iterable) {
					if (FLYTE.isAncestorOf(name)) {
						found.add(new Found(name, variable, source));
					}
				}
			}
		}
		PropertyNames names = found.isEmpty() ? null : PropertyNames.load();
		if (names != null) {
			for (Found property : found) {
				check(property, names);
			}
		}
	}

	private void check(Found found, PropertyNames names) {
		if (CONNECTIONS.isAncestorOf(found.name())) {
			checkNamed(found, names);
			return;
		}
		String name = found.name().toString();
		if (found.variable() ? isOfOthers(name) || names.containsVariable(found.name())
				: names.contains(found.name())) {
			return;
		}
		String nearest = nearestOfConnections(found);
		nearest = (nearest != null) ? nearest : names.nearest(name);
		if (nearest == null && (found.variable() || !names.isInOurSection(name))) {
			return;
		}
		warn(found, (nearest != null) ? nearest : otherSection(names, name));
	}

	private static @Nullable String otherSection(PropertyNames names, String name) {
		String section = names.nearSection(name);
		return (section != null && !name.startsWith(section + ".")) ? section + ".*" : null;
	}

	private static @Nullable String nearestOfConnections(Found found) {
		ConfigurationPropertyName name = found.name();
		int root = CONNECTIONS.getNumberOfElements();
		if (name.getNumberOfElements() <= root
				|| NearName.of(name.getElement(root - 1, Form.DASHED), List.of(CONNECTIONS_KEY)) == null) {
			return null;
		}
		ConfigurationPropertyName meant = PropertyPrefix.replace(name, root, CONNECTIONS);
		// A variable may be another program's, unless it ends as one of ours.
		return (!found.variable() || NamedConnections.prefixLength(meant, true) != null) ? meant.toString() : null;
	}

	// Below the name of a connection stands nothing but its settings.
	private void checkNamed(Found found, PropertyNames names) {
		Integer known = NamedConnections.prefixLength(found.name(), found.variable());
		int prefix = (known != null) ? known : CONNECTIONS.getNumberOfElements() + 1;
		if (found.name().getNumberOfElements() <= prefix) {
			return;
		}
		ConfigurationPropertyName setting = PropertyPrefix.replace(found.name(), prefix, FLYTE);
		if (names.isOfConnection(setting, found.variable())) {
			return;
		}
		String nearest = names.nearestOfConnection(setting.toString());
		if (nearest != null || !found.variable()) {
			nearest = (nearest != null) ? nearest : otherSection(names, setting.toString());
			warn(found, (nearest != null) ? found.name().chop(prefix) + nearest.substring("flyte".length()) : null);
		}
	}

	private void warn(Found found, @Nullable String nearest) {
		String name = found.name().toString();
		String origin = PropertyOrigin.of(found.source(), found.name());
		this.logger.warn("The property " + Excerpt.of(name) + ((origin != null) ? " (" + origin + ")" : "")
				+ " has no effect: there is none of this name" + hint(nearest, found.variable()));
	}

	private static boolean isOfOthers(String variable) {
		return OTHER_VARIABLES.matcher(NearName.normalize(variable)).matches();
	}

	private static String hint(@Nullable String nearest, boolean variable) {
		if (nearest == null) {
			return "";
		}
		String variableName = nearest.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
		return "; did you mean " + nearest + (variable ? " (" + variableName + ")" : "") + "?";
	}

	/**
	 * A property that is set.
	 *
	 * @param name its name
	 * @param variable whether it is an environment variable, which may belong to another
	 * program
	 * @param source the source that it is set in
	 */
	private record Found(ConfigurationPropertyName name, boolean variable,
			ConfigurationPropertySource source) implements Comparable<Found> {

		@Override
		public int compareTo(Found other) {
			int names = this.name.compareTo(other.name);
			return (names != 0) ? names : Boolean.compare(this.variable, other.variable);
		}

	}

}
