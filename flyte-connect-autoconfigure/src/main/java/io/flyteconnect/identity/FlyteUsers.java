package io.flyteconnect.identity;

import flyteidl.service.Identity.UserInfoRequest;
import flyteidl.service.IdentityServiceGrpc.IdentityServiceBlockingStub;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

import io.flyteconnect.FlyteConnection;

/**
 * Requests the user that Flyte knows the caller as. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class FlyteUsers {

	private final IdentityServiceBlockingStub identity;

	/**
	 * Create an instance for a connection.
	 * @param connection the connection
	 */
	public FlyteUsers(FlyteConnection connection) {
		this(connection.admin().identity().blocking());
	}

	/**
	 * Create an instance for a stub, which may have its own deadline.
	 * @param identity the stub of the connection's IdentityService
	 */
	public FlyteUsers(IdentityServiceBlockingStub identity) {
		this.identity = identity;
	}

	/**
	 * Return the user that Flyte knows the caller as.
	 * @return the user: a person, or the client of a service
	 * @throws io.grpc.StatusRuntimeException with UNIMPLEMENTED if the server has no
	 * authentication, and therefore no users; with another code if the call fails
	 */
	public FlyteUser whoAmI() {
		try {
			return FlyteUser.fromIdl(this.identity.userInfo(UserInfoRequest.getDefaultInstance()));
		}
		catch (StatusRuntimeException ex) {
			throw (ex.getStatus().getCode() == Code.UNIMPLEMENTED) ? ex.getStatus()
				.withDescription("This Flyte has no login, so it knows no users (there is no IdentityService)")
				.asRuntimeException(ex.getTrailers()) : ex;
		}
	}

}
