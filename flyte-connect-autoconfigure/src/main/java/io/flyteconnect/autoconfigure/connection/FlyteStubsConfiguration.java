package io.flyteconnect.autoconfigure.connection;

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

/**
 * Defines each generated stub of the default connection as a bean.
 */
@Configuration(proxyBeanMethods = false)
@Lazy
class FlyteStubsConfiguration {

	@Bean
	static GeneratedStubTypes flyteGeneratedStubTypes() {
		return new GeneratedStubTypes();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteAdminBlockingStub")
	AdminServiceBlockingStub flyteAdminBlockingStub(DefaultConnection flyte) {
		return flyte.admin().admin().blocking();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteAdminBlockingV2Stub")
	AdminServiceBlockingV2Stub flyteAdminBlockingV2Stub(DefaultConnection flyte) {
		return flyte.admin().admin().blockingV2();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteAdminFutureStub")
	AdminServiceFutureStub flyteAdminFutureStub(DefaultConnection flyte) {
		return flyte.admin().admin().future();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteAdminAsyncStub")
	AdminServiceStub flyteAdminAsyncStub(DefaultConnection flyte) {
		return flyte.admin().admin().async();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteDataProxyBlockingStub")
	DataProxyServiceBlockingStub flyteDataProxyBlockingStub(DefaultConnection flyte) {
		return flyte.admin().dataProxy().blocking();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteDataProxyBlockingV2Stub")
	DataProxyServiceBlockingV2Stub flyteDataProxyBlockingV2Stub(DefaultConnection flyte) {
		return flyte.admin().dataProxy().blockingV2();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteDataProxyFutureStub")
	DataProxyServiceFutureStub flyteDataProxyFutureStub(DefaultConnection flyte) {
		return flyte.admin().dataProxy().future();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteDataProxyAsyncStub")
	DataProxyServiceStub flyteDataProxyAsyncStub(DefaultConnection flyte) {
		return flyte.admin().dataProxy().async();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteSignalBlockingStub")
	SignalServiceBlockingStub flyteSignalBlockingStub(DefaultConnection flyte) {
		return flyte.admin().signals().blocking();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteSignalBlockingV2Stub")
	SignalServiceBlockingV2Stub flyteSignalBlockingV2Stub(DefaultConnection flyte) {
		return flyte.admin().signals().blockingV2();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteSignalFutureStub")
	SignalServiceFutureStub flyteSignalFutureStub(DefaultConnection flyte) {
		return flyte.admin().signals().future();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteSignalAsyncStub")
	SignalServiceStub flyteSignalAsyncStub(DefaultConnection flyte) {
		return flyte.admin().signals().async();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteIdentityBlockingStub")
	IdentityServiceBlockingStub flyteIdentityBlockingStub(DefaultConnection flyte) {
		return flyte.admin().identity().blocking();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteIdentityBlockingV2Stub")
	IdentityServiceBlockingV2Stub flyteIdentityBlockingV2Stub(DefaultConnection flyte) {
		return flyte.admin().identity().blockingV2();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteIdentityFutureStub")
	IdentityServiceFutureStub flyteIdentityFutureStub(DefaultConnection flyte) {
		return flyte.admin().identity().future();
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteIdentityAsyncStub")
	IdentityServiceStub flyteIdentityAsyncStub(DefaultConnection flyte) {
		return flyte.admin().identity().async();
	}

}
