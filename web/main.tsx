document.title = 'Peerify';
