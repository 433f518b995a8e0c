package io.flyteconnect.internal.grant.pkce;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpServerCodec;

/**
 * The connections of a callback server. Any program of this machine can open some and say
 * nothing, or half a request, and browsers do: they hold no thread, and the oldest ones
 * go where there are too many.
 */
@Sharable
class CallbackConnections extends ChannelInitializer<Channel> {

	private static final int MOST_SILENT = 200;

	private static final int LONGEST_LINE = 16 * 1024;

	private static final int LARGEST_HEADERS = 64 * 1024;

	private final CallbackServer server;

	/** Those that have not sent a whole request. Used by the one thread of the server. */
	private final Set<Channel> silent = new LinkedHashSet<>();

	CallbackConnections(CallbackServer server) {
		this.server = server;
	}

	@Override
	protected void initChannel(Channel channel) {
		channel.pipeline()
			.addLast(new HttpServerCodec(LONGEST_LINE, LARGEST_HEADERS, LONGEST_LINE))
			.addLast(new CallbackHandler(this.server, this.silent::remove));
		this.silent.add(channel);
		channel.closeFuture().addListener((closed) -> this.silent.remove(channel));
		if (this.silent.size() > MOST_SILENT) {
			Iterator<Channel> oldest = this.silent.iterator();
			Channel first = oldest.next();
			oldest.remove();
			first.close();
		}
	}

}
