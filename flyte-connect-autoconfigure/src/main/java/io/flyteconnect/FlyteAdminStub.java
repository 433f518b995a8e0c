package io.flyteconnect;

import java.time.Duration;
import java.util.function.Supplier;

import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingV2Stub;
import flyteidl.service.AdminServiceGrpc.AdminServiceFutureStub;
import flyteidl.service.AdminServiceGrpc.AdminServiceStub;
import flyteidl.service.DataProxyServiceGrpc;
import flyteidl.service.DataProxyServiceGrpc.DataProxyServiceBlockingStub;
import flyteidl.service.DataProxyServiceGrpc.DataProxyServiceBlockingV2Stub;
import flyteidl.service.DataProxyServiceGrpc.DataProxyServiceFutureStub;
import flyteidl.service.DataProxyServiceGrpc.DataProxyServiceStub;
import flyteidl.service.IdentityServiceGrpc;
import flyteidl.service.IdentityServiceGrpc.IdentityServiceBlockingStub;
import flyteidl.service.IdentityServiceGrpc.IdentityServiceBlockingV2Stub;
import flyteidl.service.IdentityServiceGrpc.IdentityServiceFutureStub;
import flyteidl.service.IdentityServiceGrpc.IdentityServiceStub;
import flyteidl.service.SignalServiceGrpc;
import flyteidl.service.SignalServiceGrpc.SignalServiceBlockingStub;
import flyteidl.service.SignalServiceGrpc.SignalServiceBlockingV2Stub;
import flyteidl.service.SignalServiceGrpc.SignalServiceFutureStub;
import flyteidl.service.SignalServiceGrpc.SignalServiceStub;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import org.springframework.grpc.client.interceptor.DefaultDeadlineSetupClientInterceptor;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * The stubs of Flyte Admin and its further services on one authenticated connection. Safe
 * for use by several threads; inject it once and keep it.
 * <p>
 * Failed calls throw {@code io.grpc.StatusRuntimeException}. If the login failed, the
 * code is {@code UNAUTHENTICATED} or {@code UNAVAILABLE}, the description names endpoint,
 * mode and step, and the cause is a {@link io.flyteconnect.login.LoginException}.
 *
 * @since 0.1.0
 */
public final class FlyteAdminStub {

	private final Channel channel;

	/** Made by the first call, as their classes and messages are many. */
	private final Supplier<Services> services;

	/**
	 * Create the stubs of a channel.
	 * @param channel the channel, usually {@link FlyteConnection#channel()}
	 */
	public FlyteAdminStub(Channel channel) {
		Assert.notNull(channel, "'channel' must not be null");
		this.channel = channel;
		this.services = SingletonSupplier.of(() -> new Services(channel));
	}

	/**
	 * Return the stub of AdminService that waits for the response.
	 * @return the stub, whose methods throw {@code StatusRuntimeException}
	 */
	public AdminServiceBlockingStub blocking() {
		return admin().blocking();
	}

	/**
	 * Return the stub of AdminService that returns futures.
	 * @return the stub
	 */
	public AdminServiceFutureStub future() {
		return admin().future();
	}

	/**
	 * Return the asynchronous stub of AdminService.
	 * @return the stub
	 */
	public AdminServiceStub async() {
		return admin().async();
	}

	/**
	 * Return all stubs of AdminService.
	 * @return the stubs
	 */
	public ServiceStubs<AdminServiceBlockingStub, AdminServiceBlockingV2Stub, AdminServiceFutureStub, AdminServiceStub> admin() {
		return this.services.get().admin();
	}

	/**
	 * Return the stubs of DataProxyService: signed URLs for uploads and downloads.
	 * @return the stubs
	 */
	public ServiceStubs<DataProxyServiceBlockingStub, DataProxyServiceBlockingV2Stub, DataProxyServiceFutureStub, DataProxyServiceStub> dataProxy() {
		return this.services.get().dataProxy();
	}

	/**
	 * Return the stubs of SignalService: inputs that a running execution waits for.
	 * @return the stubs
	 */
	public ServiceStubs<SignalServiceBlockingStub, SignalServiceBlockingV2Stub, SignalServiceFutureStub, SignalServiceStub> signals() {
		return this.services.get().signals();
	}

	/**
	 * Return the stubs of IdentityService: the user that the server knows the caller as.
	 * @return the stubs
	 */
	public ServiceStubs<IdentityServiceBlockingStub, IdentityServiceBlockingV2Stub, IdentityServiceFutureStub, IdentityServiceStub> identity() {
		return this.services.get().identity();
	}

	/**
	 * Return the same stubs with another deadline in place of
	 * {@code flyte.channel.deadline}. The deadline starts anew with each call, so the
	 * result can be kept. A deadline that is set on a stub itself takes precedence.
	 * @param deadline the time a call may take, retries included
	 * @return stubs on the same channel
	 */
	public FlyteAdminStub withDeadline(Duration deadline) {
		Assert.isTrue(!deadline.isZero() && !deadline.isNegative(), "'deadline' must be positive");
		return new FlyteAdminStub(
				ClientInterceptors.intercept(this.channel, new DefaultDeadlineSetupClientInterceptor(deadline)));
	}

	/**
	 * The stubs of each service.
	 */
	private record Services(
			ServiceStubs<AdminServiceBlockingStub, AdminServiceBlockingV2Stub, AdminServiceFutureStub, AdminServiceStub> admin,
			ServiceStubs<DataProxyServiceBlockingStub, DataProxyServiceBlockingV2Stub, DataProxyServiceFutureStub, DataProxyServiceStub> dataProxy,
			ServiceStubs<SignalServiceBlockingStub, SignalServiceBlockingV2Stub, SignalServiceFutureStub, SignalServiceStub> signals,
			ServiceStubs<IdentityServiceBlockingStub, IdentityServiceBlockingV2Stub, IdentityServiceFutureStub, IdentityServiceStub> identity) {

		Services(Channel channel) {
			this(new ServiceStubs<>(AdminServiceGrpc.newBlockingStub(channel),
					AdminServiceGrpc.newBlockingV2Stub(channel), AdminServiceGrpc.newFutureStub(channel),
					AdminServiceGrpc.newStub(channel)),
					new ServiceStubs<>(DataProxyServiceGrpc.newBlockingStub(channel),
							DataProxyServiceGrpc.newBlockingV2Stub(channel),
							DataProxyServiceGrpc.newFutureStub(channel), DataProxyServiceGrpc.newStub(channel)),
					new ServiceStubs<>(SignalServiceGrpc.newBlockingStub(channel),
							SignalServiceGrpc.newBlockingV2Stub(channel), SignalServiceGrpc.newFutureStub(channel),
							SignalServiceGrpc.newStub(channel)),
					new ServiceStubs<>(IdentityServiceGrpc.newBlockingStub(channel),
							IdentityServiceGrpc.newBlockingV2Stub(channel), IdentityServiceGrpc.newFutureStub(channel),
							IdentityServiceGrpc.newStub(channel)));
		}

	}

}
