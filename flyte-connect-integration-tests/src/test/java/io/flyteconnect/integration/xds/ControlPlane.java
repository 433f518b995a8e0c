package io.flyteconnect.integration.xds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.listener.v3.ApiListener;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.listener.v3.Listener;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.grpc.xds.shaded.io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.grpc.xds.shaded.io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.grpc.xds.shaded.io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.grpc.xds.shaded.io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.grpc.xds.shaded.io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;

/**
 * A control plane that leads all calls to a name to one server, until it is told of
 * another.
 */
final class ControlPlane extends AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase
		implements AutoCloseable {

	/** By type and name. */
	private final Map<String, Map<String, Any>> resources = new HashMap<>();

	private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

	private final Server server;

	private int version;

	ControlPlane() {
		this.server = NettyServerBuilder.forPort(0, InsecureServerCredentials.create()).addService(this).build();
		try {
			this.server.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String bootstrap() {
		return """
				{"xds_servers": [{"server_uri": "localhost:%d", "channel_creds": [{"type": "insecure"}],
				"server_features": ["xds_v3"]}], "node": {"id": "flyte-connect"}}""".formatted(this.server.getPort());
	}

	/**
	 * Lead calls to a name to a port of this machine from now on.
	 */
	synchronized void lead(String name, int port) {
		put(name, listener(name));
		put(name, cluster(name));
		put(name, endpoint(name, port));
		this.resources.keySet().forEach((type) -> this.subscribers.forEach((subscriber) -> subscriber.answer(type)));
	}

	@Override
	public StreamObserver<DiscoveryRequest> streamAggregatedResources(StreamObserver<DiscoveryResponse> responses) {
		Subscriber subscriber = new Subscriber(responses);
		this.subscribers.add(subscriber);
		return subscriber;
	}

	@Override
	public void close() {
		this.server.shutdownNow();
	}

	private void put(String name, Message resource) {
		this.version++;
		Any any = Any.pack(resource);
		this.resources.computeIfAbsent(any.getTypeUrl(), (type) -> new HashMap<>()).put(name, any);
	}

	private static Listener listener(String name) {
		RouteConfiguration.Builder routes = RouteConfiguration.newBuilder().setName(name);
		routes.addVirtualHostsBuilder()
			.setName(name)
			.addDomains("*")
			.addRoutesBuilder()
			.setMatch(RouteMatch.newBuilder().setPrefix(""))
			.getRouteBuilder()
			.setCluster(name);
		HttpConnectionManager.Builder manager = HttpConnectionManager.newBuilder().setRouteConfig(routes);
		manager.addHttpFiltersBuilder().setName("router").setTypedConfig(Any.pack(Router.getDefaultInstance()));
		return Listener.newBuilder()
			.setName(name)
			.setApiListener(ApiListener.newBuilder().setApiListener(Any.pack(manager.build())))
			.build();
	}

	private static Cluster cluster(String name) {
		Cluster.Builder cluster = Cluster.newBuilder().setName(name).setType(Cluster.DiscoveryType.EDS);
		cluster.getEdsClusterConfigBuilder()
			.setEdsConfig(ConfigSource.newBuilder().setAds(AggregatedConfigSource.getDefaultInstance()));
		return cluster.build();
	}

	private static ClusterLoadAssignment endpoint(String name, int port) {
		ClusterLoadAssignment.Builder assignment = ClusterLoadAssignment.newBuilder().setClusterName(name);
		LocalityLbEndpoints.Builder locality = assignment.addEndpointsBuilder();
		locality.getLoadBalancingWeightBuilder().setValue(1);
		locality.getLocalityBuilder().setRegion("here");
		locality.addLbEndpointsBuilder()
			.getEndpointBuilder()
			.getAddressBuilder()
			.getSocketAddressBuilder()
			.setAddress("127.0.0.1")
			.setPortValue(port);
		return assignment.build();
	}

	private final class Subscriber implements StreamObserver<DiscoveryRequest> {

		private final StreamObserver<DiscoveryResponse> responses;

		private final Map<String, List<String>> asked = new HashMap<>();

		private Subscriber(StreamObserver<DiscoveryResponse> responses) {
			this.responses = responses;
		}

		@Override
		public void onNext(DiscoveryRequest request) {
			synchronized (ControlPlane.this) {
				// What asks for the same once more acknowledges the last answer.
				if (!request.getResourceNamesList()
					.equals(this.asked.put(request.getTypeUrl(), List.copyOf(request.getResourceNamesList())))) {
					answer(request.getTypeUrl());
				}
			}
		}

		private void answer(String type) {
			Map<String, Any> known = ControlPlane.this.resources.get(type);
			if (known != null && this.asked.containsKey(type)) {
				String version = Integer.toString(ControlPlane.this.version);
				this.responses.onNext(DiscoveryResponse.newBuilder()
					.setTypeUrl(type)
					.setVersionInfo(version)
					.setNonce(version)
					.addAllResources(known.values())
					.build());
			}
		}

		@Override
		public void onError(Throwable failure) {
			ControlPlane.this.subscribers.remove(this);
		}

		@Override
		public void onCompleted() {
			ControlPlane.this.subscribers.remove(this);
			this.responses.onCompleted();
		}

	}

}
