package io.flyteconnect.autoconfigure.aot;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Fails the startup of an application that was built with Flyte disabled but enables it
 * at run time. Runs before any bean is created, even with lazy initialization.
 */
class SwitchedOffCheck implements BeanFactoryPostProcessor {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		SetAtRunTime.requireDisabled(beanFactory.getBean(Environment.class));
	}

}
