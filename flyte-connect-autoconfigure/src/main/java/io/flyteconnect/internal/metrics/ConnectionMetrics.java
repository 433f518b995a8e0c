package io.flyteconnect.internal.metrics;

import java.time.Duration;
import java.util.Locale;

import io.grpc.ConnectivityState;
import io.grpc.MethodDescriptor;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.grpc.GrpcClientObservationContext;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionListener;

/**
 * Measures connections. A token request is an observation, below that of the call that
 * waits for it; the observation that Spring Boot makes of each call gets the connection
 * as a tag. The meters of a connection end with it.
 */
public final class ConnectionMetrics implements FlyteConnectionListener {

	private final MeterRegistry meters;

	private final ObservationRegistry observations;

	private final OpenConnections open = new OpenConnections();

	/**
	 * Create the metrics of all connections.
	 * @param meters where they are registered
	 * @param observations makes spans of token requests, {@code null} for metrics alone
	 */
	public ConnectionMetrics(MeterRegistry meters, @Nullable ObservationRegistry observations) {
		this.meters = meters;
		this.observations = (observations != null) ? observations : forMetersAlone(meters);
	}

	private static ObservationRegistry forMetersAlone(MeterRegistry meters) {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		return registry;
	}

	@Override
	public void opened(FlyteConnection connection) {
		String name = connection.name();
		this.open.add(connection);
		Gauge.builder(FlyteMeter.TOKEN_EXPIRES_IN.meterName(), this.open, (open) -> open.secondsToTokenEnd(name))
			.description(FlyteMeter.TOKEN_EXPIRES_IN.description())
			.baseUnit("seconds")
			.tag(FlyteMeter.CONNECTION, name)
			.register(this.meters);
		for (ConnectivityState state : ConnectivityState.values()) {
			Gauge.builder(FlyteMeter.CHANNEL_STATE.meterName(), this.open, (open) -> open.isIn(name, state))
				.description(FlyteMeter.CHANNEL_STATE.description())
				.tags(FlyteMeter.CONNECTION, name, "state", word(state))
				.register(this.meters);
		}
	}

	@Override
	public void closed(FlyteConnection connection) {
		if (this.open.remove(connection)) {
			this.meters.getMeters()
				.stream()
				.filter((meter) -> connection.name().equals(meter.getId().getTag(FlyteMeter.CONNECTION)))
				.filter((meter) -> meter.getId().getName().startsWith("flyte.")
						|| meter.getId().getName().startsWith("grpc.client"))
				.forEach(this.meters::remove);
		}
	}

	@Override
	public void callStarted(FlyteConnection connection) {
		Observation current = this.observations.getCurrentObservation();
		if (current != null && current.getContext() instanceof GrpcClientObservationContext) {
			current.lowCardinalityKeyValue(KeyValue.of(FlyteMeter.CONNECTION, connection.name()));
		}
	}

	@Override
	public @Nullable Object currentContext() {
		return this.observations.getCurrentObservation();
	}

	@Override
	public TokenRequest tokenRequested(FlyteConnection connection, boolean proxy, boolean renewal,
			@Nullable Object context) {
		Observation observation = Observation.createNotStarted(FlyteMeter.TOKEN_REQUESTS.meterName(), this.observations)
			.contextualName("flyte-token-request")
			.lowCardinalityKeyValue(FlyteMeter.CONNECTION, connection.name())
			.lowCardinalityKeyValue("mode", mode(connection, proxy))
			.lowCardinalityKeyValue("renewal", String.valueOf(renewal));
		if (context instanceof Observation parent) {
			observation.parentObservation(parent);
		}
		return new ObservedTokenRequest(observation.start());
	}

	@Override
	public void tokenRejected(FlyteConnection connection, boolean proxy) {
		if (this.open.has(connection.name())) {
			counter(FlyteMeter.TOKEN_REJECTIONS)
				.tags(FlyteMeter.CONNECTION, connection.name(), "mode", mode(connection, proxy))
				.register(this.meters)
				.increment();
		}
	}

	@Override
	public void tokenAwaited(FlyteConnection connection, boolean proxy, Duration time, WaitEnd end) {
		if (this.open.has(connection.name())) {
			Timer.builder(FlyteMeter.TOKEN_WAITS.meterName())
				.description(FlyteMeter.TOKEN_WAITS.description())
				.tags(FlyteMeter.CONNECTION, connection.name(), "mode", mode(connection, proxy), "outcome", word(end))
				.register(this.meters)
				.record(time);
		}
	}

	@Override
	public void callResent(FlyteConnection connection, MethodDescriptor<?, ?> method, ResendReason reason) {
		if (this.open.has(connection.name())) {
			counter(FlyteMeter.CALLS_RESENT)
				.tags(FlyteMeter.CONNECTION, connection.name(), "rpc.service", String.valueOf(method.getServiceName()),
						"rpc.method", String.valueOf(method.getBareMethodName()), "reason", word(reason))
				.register(this.meters)
				.increment();
		}
	}

	@Override
	public void clientSecretRead(FlyteConnection connection, String source, SecretRead end) {
		if (this.open.has(connection.name())) {
			counter(FlyteMeter.SECRET_LOOKUPS)
				.tags(FlyteMeter.CONNECTION, connection.name(), "source", source, "outcome", word(end))
				.register(this.meters)
				.increment();
		}
	}

	private static Counter.Builder counter(FlyteMeter meter) {
		return Counter.builder(meter.meterName()).description(meter.description());
	}

	private static String mode(FlyteConnection connection, boolean proxy) {
		return proxy ? "proxy-command" : connection.config().credentials().authMode().words().get(0);
	}

	static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
