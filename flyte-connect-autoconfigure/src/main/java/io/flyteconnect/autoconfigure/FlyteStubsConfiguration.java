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
 * Defines each generated stub of the default connection as a bean.
 */
@Configuration(proxyBeanMethods = false)
@Lazy
class FlyteStubsConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "flyteAdminBlockingStub")
	AdminServiceBlockingStub flyteAdminBlockingStub(FlyteAdminStub flyte) {
		return flyte.admin().blocking();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteAdminBlockingV2Stub")
	AdminServiceBlockingV2Stub flyteAdminBlockingV2Stub(FlyteAdminStub flyte) {
		return flyte.admin().blockingV2();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteAdminFutureStub")
	AdminServiceFutureStub flyteAdminFutureStub(FlyteAdminStub flyte) {
		return flyte.admin().future();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteAdminAsyncStub")
	AdminServiceStub flyteAdminAsyncStub(FlyteAdminStub flyte) {
		return flyte.admin().async();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteDataProxyBlockingStub")
	DataProxyServiceBlockingStub flyteDataProxyBlockingStub(FlyteAdminStub flyte) {
		return flyte.dataProxy().blocking();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteDataProxyBlockingV2Stub")
	DataProxyServiceBlockingV2Stub flyteDataProxyBlockingV2Stub(FlyteAdminStub flyte) {
		return flyte.dataProxy().blockingV2();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteDataProxyFutureStub")
	DataProxyServiceFutureStub flyteDataProxyFutureStub(FlyteAdminStub flyte) {
		return flyte.dataProxy().future();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteDataProxyAsyncStub")
	DataProxyServiceStub flyteDataProxyAsyncStub(FlyteAdminStub flyte) {
		return flyte.dataProxy().async();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteSignalBlockingStub")
	SignalServiceBlockingStub flyteSignalBlockingStub(FlyteAdminStub flyte) {
		return flyte.signals().blocking();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteSignalBlockingV2Stub")
	SignalServiceBlockingV2Stub flyteSignalBlockingV2Stub(FlyteAdminStub flyte) {
		return flyte.signals().blockingV2();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteSignalFutureStub")
	SignalServiceFutureStub flyteSignalFutureStub(FlyteAdminStub flyte) {
		return flyte.signals().future();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteSignalAsyncStub")
	SignalServiceStub flyteSignalAsyncStub(FlyteAdminStub flyte) {
		return flyte.signals().async();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteIdentityBlockingStub")
	IdentityServiceBlockingStub flyteIdentityBlockingStub(FlyteAdminStub flyte) {
		return flyte.identity().blocking();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteIdentityBlockingV2Stub")
	IdentityServiceBlockingV2Stub flyteIdentityBlockingV2Stub(FlyteAdminStub flyte) {
		return flyte.identity().blockingV2();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteIdentityFutureStub")
	IdentityServiceFutureStub flyteIdentityFutureStub(FlyteAdminStub flyte) {
		return flyte.identity().future();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteIdentityAsyncStub")
	IdentityServiceStub flyteIdentityAsyncStub(FlyteAdminStub flyte) {
		return flyte.identity().async();
	}

}
