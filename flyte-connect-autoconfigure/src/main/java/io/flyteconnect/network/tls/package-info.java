/**
 * The certificates of servers and clients: taken anew where they change, and explained
 * where they are refused.
 */
@NullMarked
package io.flyteconnect.network.tls;

import org.jspecify.annotations.NullMarked;
