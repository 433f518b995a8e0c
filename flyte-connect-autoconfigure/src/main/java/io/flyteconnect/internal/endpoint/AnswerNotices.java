package io.flyteconnect.internal.endpoint;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Warns of what an authorization server answers that is odd but usable, of each oddity
 * once.
 */
class AnswerNotices {

	private static final Log logger = LogFactory.getLog(AnswerNotices.class);

	private static final int MOST = 16;

	private final Set<String> said = ConcurrentHashMap.newKeySet();

	void warn(String what) {
		if (this.said.size() < MOST && this.said.add(what)) {
			logger.warn("The authorization server answers a token whose " + what);
		}
	}

}
