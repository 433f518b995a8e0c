package io.flyteconnect.identity;

import java.util.function.Supplier;

import flyteidl.service.Identity.UserInfoRequest;
import flyteidl.service.Identity.UserInfoResponse;
import flyteidl.service.IdentityServiceGrpc.IdentityServiceBlockingStub;
import io.grpc.CallOptions;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.internal.api.ApiMethods;

/**
 * Requests the user that Flyte knows the caller as. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class FlyteUsers {

	private final Supplier<UserInfoResponse> answer;

	/**
	 * Create an instance for a connection.
	 * @param connection the connection
	 */
	public FlyteUsers(FlyteConnection connection) {
		this.answer = () -> ClientCalls.blockingUnaryCall(connection.channel(), ApiMethods.userInfo(connection.api()),
				CallOptions.DEFAULT, UserInfoRequest.getDefaultInstance());
	}

	/**
	 * Create an instance for a stub, which may have its own deadline.
	 * @param identity the stub of the connection's IdentityService
	 */
	public FlyteUsers(IdentityServiceBlockingStub identity) {
		this.answer = () -> identity.userInfo(UserInfoRequest.getDefaultInstance());
	}

	/**
	 * Return the user that Flyte knows the caller as.
	 * @return the user: a person, or the client of a service
	 * @throws io.grpc.StatusRuntimeException with UNIMPLEMENTED if the server has no
	 * authentication, and therefore no users; with another code if the call fails
	 */
	public FlyteUser whoAmI() {
		try {
			return FlyteUser.fromIdl(this.answer.get());
		}
		catch (StatusRuntimeException ex) {
			throw (ex.getStatus().getCode() == Code.UNIMPLEMENTED) ? ex.getStatus()
				.withDescription("This Flyte has no login, so it knows no users (there is no IdentityService)")
				.asRuntimeException(ex.getTrailers()) : ex;
		}
	}

}
