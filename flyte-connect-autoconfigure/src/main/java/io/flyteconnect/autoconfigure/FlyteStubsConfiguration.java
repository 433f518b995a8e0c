package io.flyteconnect.autoconfigure;

import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingV2Stub;
import flyteidl.service.AdminServiceGrpc.AdminServiceFutureStub;
import flyteidl.service.AdminServiceGrpc.AdminServiceStub;
import flyteidl.service.DataProxyServiceGrpc.DataProxyServiceBlockingStub;
import flyteidl.service.DataProxyServiceGrpc.DataProxyServiceBlockingV2Stub;
import flyteidl.service.DataProxyServiceGrpc.DataProxyServiceFutureStub;
import flyteidl.service.DataProxyServiceGrpc.DataProxyServiceStub;
import flyteidl.service.IdentityServiceGrpc.IdentityServiceBlockingStub;
import flyteidl.service.IdentityServiceGrpc.IdentityServiceBlockingV2Stub;
import flyteidl.service.IdentityServiceGrpc.IdentityServiceFutureStub;
import flyteidl.service.IdentityServiceGrpc.IdentityServiceStub;
import flyteidl.service.SignalServiceGrpc.SignalServiceBlockingStub;
import flyteidl.service.SignalServiceGrpc.SignalServiceBlockingV2Stub;
import flyteidl.service.SignalServiceGrpc.SignalServiceFutureStub;
import flyteidl.service.SignalServiceGrpc.SignalServiceStub;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import io.flyteconnect.FlyteAdminStub;

/**
 * Each generated stub of the default connection by its own type.
 */
@Configuration(proxyBeanMethods = false)
@Lazy
class FlyteStubsConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AdminServiceBlockingStub flyteAdminBlockingStub(FlyteAdminStub flyte) {
		return flyte.admin().blocking();
	}

	@Bean
	@ConditionalOnMissingBean
	AdminServiceBlockingV2Stub flyteAdminBlockingV2Stub(FlyteAdminStub flyte) {
		return flyte.admin().blockingV2();
	}

	@Bean
	@ConditionalOnMissingBean
	AdminServiceFutureStub flyteAdminFutureStub(FlyteAdminStub flyte) {
		return flyte.admin().future();
	}

	@Bean
	@ConditionalOnMissingBean
	AdminServiceStub flyteAdminAsyncStub(FlyteAdminStub flyte) {
		return flyte.admin().async();
	}

	@Bean
	@ConditionalOnMissingBean
	DataProxyServiceBlockingStub flyteDataProxyBlockingStub(FlyteAdminStub flyte) {
		return flyte.dataProxy().blocking();
	}

	@Bean
	@ConditionalOnMissingBean
	DataProxyServiceBlockingV2Stub flyteDataProxyBlockingV2Stub(FlyteAdminStub flyte) {
		return flyte.dataProxy().blockingV2();
	}

	@Bean
	@ConditionalOnMissingBean
	DataProxyServiceFutureStub flyteDataProxyFutureStub(FlyteAdminStub flyte) {
		return flyte.dataProxy().future();
	}

	@Bean
	@ConditionalOnMissingBean
	DataProxyServiceStub flyteDataProxyAsyncStub(FlyteAdminStub flyte) {
		return flyte.dataProxy().async();
	}

	@Bean
	@ConditionalOnMissingBean
	SignalServiceBlockingStub flyteSignalBlockingStub(FlyteAdminStub flyte) {
		return flyte.signals().blocking();
	}

	@Bean
	@ConditionalOnMissingBean
	SignalServiceBlockingV2Stub flyteSignalBlockingV2Stub(FlyteAdminStub flyte) {
		return flyte.signals().blockingV2();
	}

	@Bean
	@ConditionalOnMissingBean
	SignalServiceFutureStub flyteSignalFutureStub(FlyteAdminStub flyte) {
		return flyte.signals().future();
	}

	@Bean
	@ConditionalOnMissingBean
	SignalServiceStub flyteSignalAsyncStub(FlyteAdminStub flyte) {
		return flyte.signals().async();
	}

	@Bean
	@ConditionalOnMissingBean
	IdentityServiceBlockingStub flyteIdentityBlockingStub(FlyteAdminStub flyte) {
		return flyte.identity().blocking();
	}

	@Bean
	@ConditionalOnMissingBean
	IdentityServiceBlockingV2Stub flyteIdentityBlockingV2Stub(FlyteAdminStub flyte) {
		return flyte.identity().blockingV2();
	}

	@Bean
	@ConditionalOnMissingBean
	IdentityServiceFutureStub flyteIdentityFutureStub(FlyteAdminStub flyte) {
		return flyte.identity().future();
	}

	@Bean
	@ConditionalOnMissingBean
	IdentityServiceStub flyteIdentityAsyncStub(FlyteAdminStub flyte) {
		return flyte.identity().async();
	}

}
