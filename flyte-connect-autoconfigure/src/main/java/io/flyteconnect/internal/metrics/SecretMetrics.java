package io.flyteconnect.internal.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.flyteconnect.internal.secret.SecretLookups;

/**
 * Counts the look-ups of secrets by code and properties, which belong to no connection.
 *
 * @param lookups the look-ups, those before there was a registry included
 */
public record SecretMetrics(SecretLookups lookups) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		this.lookups.follow((lookup, count) -> FunctionCounter
			.builder(FlyteMeter.SECRET_LOOKUPS.meterName(), count, (adder) -> adder.doubleValue())
			.description(FlyteMeter.SECRET_LOOKUPS.description())
			.tags(FlyteMeter.CONNECTION, "none", "source", lookup.source(), "outcome", lookup.outcome())
			.register(registry));
	}

}
