package io.flyteconnect.autoconfigure.connection;

import java.util.regex.Pattern;

import io.grpc.stub.AbstractStub;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Keeps Spring from looking for methods of its own in the generated stubs, such as event
 * listeners: each message that one of their methods takes or returns would be loaded when
 * the application starts.
 */
class GeneratedStubTypes implements BeanFactoryPostProcessor {

	// By their names, as it would load all of them to ask for them.
	private static final Pattern STUB = Pattern.compile(
			".*[fF]lyte(?:Admin|DataProxy|Signal|Identity|Runs|Tasks|Projects|Triggers|RunData|Clusters|RunIdentity)(?:Blocking|BlockingV2|Future|Async)Stub");

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		for (String name : beans.getBeanDefinitionNames()) {
			BeanDefinition definition = beans.getBeanDefinition(name);
			if (STUB.matcher(name).matches()
					&& (NamedBeans.connection(definition) != null || UnnamedConnection.isOurs(definition))) {
				definition.setAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE, AbstractStub.class);
			}
		}
	}

}
