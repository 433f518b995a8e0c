package io.flyteconnect.internal.grant.device;

import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/**
 * The request that Spring Security's converters make headers and parameters of.
 */
class DeviceGrantRequest extends AbstractOAuth2AuthorizationGrantRequest {

	DeviceGrantRequest(ClientRegistration registration) {
		super(AuthorizationGrantType.DEVICE_CODE, registration);
	}

}
